import AuthURL
import Concurrency
import OAuthTypes

extension LoginFlow {
    /// A callback without `state` belongs to no login. An error in it is told to the operator; no cookie is touched.
    func problemWithoutState(_ response: AuthorizationResponse, correlationID: String) -> FlowProblem {
        guard response.error == nil || unknownErrors.take() else {
            return .tooManyWithoutState(correlationID: correlationID)
        }
        return .callback(response.refusalWithoutState, correlationID: correlationID)
    }
}

/// How many callbacks of unknown origin get their error into the operator's log: thirty a minute. Anyone can send them.
final class LogQuota: Sendable {
    private static let limit = 30
    private static let window: Int64 = 60

    private let clock: WallClock
    private let state = Lock<(since: UnixTime, count: Int)>((.distantPast, 0))

    init(clock: WallClock) { self.clock = clock }

    /// Whether there is room for one more in this minute, which is then taken.
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
