import Dispatch

/// A thread for one task of a contest, which may block it.
final class ContestThread: TaskExecutor {
    // A serial queue has a thread of its own while it works, however many others are blocked.
    private let queue = DispatchQueue(label: "swift-login-flow.contest")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
