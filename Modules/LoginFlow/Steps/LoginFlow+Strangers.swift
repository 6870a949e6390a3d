import AuthURL
import Concurrency
import OAuthTypes

extension LoginFlow {
    /// A response without `state`: it is unknown whose it is. The operator gets its error; no cookie is changed.
    func refuseStranger(_ callback: AuthorizationResponse, _ request: BrowserRequest) -> BrowserReply {
        guard callback.error == nil || strangersWords.take() else {
            return refuse(request, .tooManyStrangers(makeCorrelationID()))
        }
        return refuse(request, .callback(callback.refusalWithoutState, makeCorrelationID()))
    }
}

/// How many callbacks of unknown origin are written to the operator's log: thirty a minute. Anyone can send them.
final class WordBudget: Sendable {
    private static let limit = 30
    private static let window: Int64 = 60

    private let clock: WallClock
    private let state = Lock<(since: UnixTime, count: Int)>((.distantPast, 0))

    init(clock: WallClock) { self.clock = clock }

    /// Whether one more may be written.
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
