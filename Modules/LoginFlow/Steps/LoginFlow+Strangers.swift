import AuthURL
import Concurrency
import OAuthTypes

extension LoginFlow {
    /// A callback without `state`: nobody knows whose it is. An error in it is told to the operator; no cookie is touched.
    func refuseStranger(_ callback: AuthorizationResponse, _ request: BrowserRequest) -> BrowserReply {
        guard callback.error == nil || strangersWords.take() else {
            return refuse(request, .tooManyStrangers(makeCorrelationID()))
        }
        return refuse(request, .callback(callback.refusalWithoutState, makeCorrelationID()))
    }
}

/// How many callbacks of unknown origin get their words into the operator's log: thirty a minute. Anybody can write them.
final class WordBudget: Sendable {
    private static let limit = 30
    private static let window: Int64 = 60

    private let clock: WallClock
    private let state = Lock<(since: UnixTime, count: Int)>((.distantPast, 0))

    init(clock: WallClock) { self.clock = clock }

    /// Whether one more may speak.
    func take() -> Bool {
        let now = clock.now
        return state.withLock { state in
            if !(0..<Self.window).contains(now.seconds(since: state.since)) { state = (now, 0) }
            guard state.count < Self.limit else { return false }
            state.count += 1
            return true
        }
    }
}
