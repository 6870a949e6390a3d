/// Work that a caller's cancellation must not cut short, counted so that a shutdown can wait for it: logins,
/// refreshes and revocations.
package final class RunningWork: Sendable {
    private struct State {
        var running = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Lock(State())

    package init() {}

    /// Runs `work` to its end in a task of its own and returns its result.
    package func run<Result: Sendable>(_ work: @escaping @Sendable () async -> Result) async -> Result {
        await start(work).value
    }

    /// Starts `work` in a task of its own.
    @discardableResult
    package func start<Result: Sendable>(_ work: @escaping @Sendable () async -> Result) -> Task<Result, Never> {
        state.withLock { $0.running += 1 }
        return Task {
            defer { self.end() }
            return await work()
        }
    }

    /// Returns when nothing runs.
    package func finished() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.running > 0 { state.waiters.append(continuation) }
                return state.running == 0
            }
            if isIdle { continuation.resume() }
        }
    }

    private func end() {
        let released = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.running -= 1
            guard state.running == 0 else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in released { waiter.resume() }
    }
}
