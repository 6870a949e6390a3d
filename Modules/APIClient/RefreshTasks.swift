package import Concurrency
import OAuthTypes

/// The refreshes under way, which no caller's cancellation reaches. Await ``finished()`` before the process ends: a
/// refresh cut off between the server's rotation and our write costs the user a login.
public final class RefreshTasks: Sendable {
    private let work: RunningWork

    /// A register without tasks. Sources that are to be drained together share one.
    public init() { work = RunningWork() }

    /// A register whose refreshes count among other work.
    package init(among work: RunningWork) { self.work = work }

    /// Returns when no refresh is under way.
    public func finished() async { await work.finished() }

    func start<Result: Sendable>(_ refresh: @escaping @Sendable () async -> Result) -> Task<Result, Never> {
        work.start(refresh)
    }
}
