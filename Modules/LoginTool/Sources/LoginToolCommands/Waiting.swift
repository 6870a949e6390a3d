import Dispatch
import Synchronization

/// The result of a task for a thread that waits for it.
///
/// The main thread of the program only waits. Tests call the asynchronous functions instead:
/// a task that waits in this way would block a thread of all tasks.
final class AwaitedResult<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let done = DispatchSemaphore(value: 0)

    /// Starts `work` at once.
    init(of work: @escaping @Sendable () async -> Value) {
        Task.detached {
            let value = await work()
            self.value.withLock { $0 = value }
            self.done.signal()
        }
    }

    /// Waits for the end of the work.
    func wait() -> Value {
        done.wait()
        // The task stores the value before it signals, so no input leads to the failure.
        guard let value = value.withLock({ $0 }) else { preconditionFailure("the task ends with a result") }
        return value
    }
}
