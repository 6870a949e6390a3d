import CryptoPrimitives

/// The refreshes under way, which no caller's cancellation reaches. Await ``finished()`` before the process ends: a
/// refresh cut off between the server's rotation and our write costs the user a login.
public final class RefreshTasks: Sendable {
    private struct State {
        var running = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Lock(State())

    /// A register without tasks. Sources that are to be drained together share one.
    public init() {}

    /// Returns when no refresh is under way.
    public func finished() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.running > 0 { state.waiters.append(continuation) }
                return state.running == 0
            }
            if isIdle { continuation.resume() }
        }
    }

    func start<Result: Sendable>(_ work: @escaping @Sendable () async -> Result) -> Task<Result, Never> {
        state.withLock { $0.running += 1 }
        return Task {
            defer { self.end() }
            return await work()
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
