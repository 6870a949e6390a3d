import Concurrency

/// One task that is started, cancelled and awaited from different places.
final class TaskBox: Sendable {
    private let task = Lock<Task<Void, Never>?>(nil)

    func start(_ work: @escaping @Sendable () async -> Void) {
        task.withLock { $0 = Task { await work() } }
    }

    func cancel() { task.withLock { $0 }?.cancel() }

    func finished() async { await task.withLock { $0 }?.value }
}
