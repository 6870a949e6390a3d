import Concurrency
import OAuthTypes

/// Tells the operator in time that the app's credential ends: from 30 days before, once a day and process.
final class CredentialWatch: Sendable {
    private static let notice: Int64 = 30 * 86_400
    private static let pause: Int64 = 86_400

    private let end: UnixTime?
    private let told = Lock<UnixTime?>(nil)

    init(end: UnixTime?) { self.end = end }

    /// How many seconds are left, if it is time to tell; negative after the end.
    func secondsLeft(at now: UnixTime) -> Int64? {
        guard let end else { return nil }
        let left = end.seconds(since: now)
        guard left <= Self.notice else { return nil }
        return told.withLock { told in
            if let last = told, (0..<Self.pause).contains(now.seconds(since: last)) { return nil }
            told = now
            return left
        }
    }
}

extension LoginFlow {
    /// Records that the credential ends soon or has ended, once a day.
    func watchCredential() {
        guard let left = credentialWatch.secondsLeft(at: now) else { return }
        record(
            "credential.ending", from: .webApp, to: .authorizationServer, correlationID: makeCorrelationID(),
            details: [.init("days", "\(left / 86_400)"), .init("ended", left <= 0 ? "yes" : "no")])
    }
}
