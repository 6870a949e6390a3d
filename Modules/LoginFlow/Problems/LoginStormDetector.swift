import Concurrency
import OAuthTypes

/// Notices when the provider wants many users to log in at once, as after it lost its grants or began to require more
/// factors: one event a minute for the operator, whatever the number of users. Each refresh has its own event as well.
final class LoginStormDetector: Sendable {
    private let state = Lock(State())

    /// Counts one refresh that fails until the user logs in again.
    func note(in flow: LoginFlow, code: String) {
        let now = flow.now
        guard let count = state.withLock({ $0.note(at: now) }) else { return }
        flow.record(
            "refresh.login_storm", from: .authorizationServer, to: .webApp, correlationID: flow.makeCorrelationID(),
            details: [
                .init("refreshes", "\(count) or more within a minute"), .init("code", code),
                .init("turn", FlowProblem.Turn.operator.rawValue),
            ])
    }

    /// Counts within windows of a minute.
    struct State: Sendable {
        static let window: Int64 = 60
        static let many = 10

        private var begin = UnixTime.distantPast
        private var count = 0
        private var isTold = false

        /// How many there were, once in a window that has many of them.
        mutating func note(at now: UnixTime) -> Int? {
            if !(0..<State.window).contains(now.seconds(since: begin)) {
                (begin, isTold) = (now, false)
                count = 0
            }
            count += 1
            guard count >= State.many, !isTold else { return nil }
            isTold = true
            return count
        }
    }
}
