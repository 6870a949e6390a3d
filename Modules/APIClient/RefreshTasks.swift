package import Concurrency
import OAuthTypes

/// The refreshes in progress, which the cancellation of a caller does not end. Await ``finished()`` before the process
/// ends: a refresh that is cut off between the server's rotation and the write of the new token costs the user a login.
public final class RefreshTasks: Sendable {
    private let work: RunningWork

    /// Creates an empty set of tasks. Sources that are drained together share one.
    public init() { work = RunningWork() }

    /// Creates a set of tasks that count among other work.
    package init(among work: RunningWork) { self.work = work }

    /// Returns when no refresh is in progress.
    public func finished() async { await work.finished() }

    func start<Result: Sendable>(_ refresh: @escaping @Sendable () async -> Result) -> Task<Result, Never> {
        work.start(refresh)
    }
}
