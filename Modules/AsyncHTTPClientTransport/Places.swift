#if AsyncHTTPClient

    import Concurrency

    /// So many may have a place at the same time; others wait, first come first served.
    final class Places: Sendable {
        private struct State {
            var free: Int
            var number = 0
            var waiting: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        }

        private let state: Lock<State>

        init(_ count: Int) { state = Lock(State(free: count)) }

        /// Returns when there is a place, which is then taken; false when the task is cancelled first.
        func take() async -> Bool {
            let number = state.withLock { state in
                state.number += 1
                return state.number
            }
            return await withTaskCancellationHandler {
                await withCheckedContinuation { wait(number, $0) }
            } onCancel: {
                leave(number)
            }
        }

        /// Gives a place to whoever waits longest.
        func giveBack() {
            let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
                guard state.waiting.isEmpty else { return state.waiting.removeFirst().continuation }
                state.free += 1
                return nil
            }
            next?.resume(returning: true)
        }

        private func wait(_ number: Int, _ continuation: CheckedContinuation<Bool, Never>) {
            let isTaken = state.withLock { state in
                guard state.free == 0 else {
                    state.free -= 1
                    return true
                }
                state.waiting.append((number, continuation))
                return false
            }
            if isTaken { return continuation.resume(returning: true) }
            // The cancellation may have come before there was anyone to leave.
            if Task.isCancelled { leave(number) }
        }

        private func leave(_ number: Int) {
            let left = state.withLock { state -> CheckedContinuation<Bool, Never>? in
                guard let index = state.waiting.firstIndex(where: { $0.number == number }) else { return nil }
                return state.waiting.remove(at: index).continuation
            }
            left?.resume(returning: false)
        }
    }

#endif
