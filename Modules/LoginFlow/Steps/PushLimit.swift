import Concurrency

/// How many authorization requests may be on their way to the provider at once. Anyone can begin logins; a slow endpoint must not
/// hold all the connections that codes and refresh tokens need.
package final class PushLimit: Sendable {
    package static let most = 16

    private let running = Lock(0)

    package init() {}

    /// Runs `push`, or nothing if too many run already.
    /// - Returns: nil if it was not run.
    package func run<Answer: Sendable>(_ push: () async throws -> Answer) async rethrows -> Answer? {
        let isFree = running.withLock { running in
            guard running < Self.most else { return false }
            running += 1
            return true
        }
        guard isFree else { return nil }
        defer { running.withLock { $0 -= 1 } }
        return try await push()
    }
}
