import APIClient
import Concurrency

/// Lets time pass only when a test says so; a cancelled sleep returns at once, as the law demands.
final class ManualSleeper: Sendable {
    private struct State {
        var sleeping: [Int: (duration: Duration, continuation: CheckedContinuation<Void, Never>)] = [:]
        var slept: [Duration] = []
        var next = 0
    }

    private let state = Lock(State())

    var sleeper: Sleeper { Sleeper { await self.sleep($0) } }

    /// How many are asleep.
    var count: Int { state.withLock { $0.sleeping.count } }

    /// Every duration that was asked for.
    var slept: [Duration] { state.withLock { $0.slept } }

    /// Wakes everybody.
    func wake() {
        let woken = state.withLock { state in
            defer { state.sleeping = [:] }
            return state.sleeping.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }

    /// Returns when `count` are asleep.
    func reached(_ count: Int) async {
        while self.count != count, !Task.isCancelled { await Task.yield() }
    }

    private func sleep(_ duration: Duration) async {
        let id = state.withLock { state in
            state.next += 1
            state.slept.append(duration)
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if !Task.isCancelled { state.sleeping[id] = (duration, continuation) }
                    return Task.isCancelled
                }
                if isCancelled { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleeping.removeValue(forKey: id)?.continuation }?.resume()
        }
    }
}
