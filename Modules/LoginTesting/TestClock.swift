public import APIClient
import Concurrency
public import LoginFlow
public import OAuthTypes

/// A clock that stands still until a test moves it.
///
///     let clock = TestClock()
///     var environment = LoginFlow.Environment(transport: transport)
///     environment.use(clock)
///     …
///     clock.advance(by: .seconds(86_400))
///
/// Give ``wallClock`` to everything else that takes the time, such as `DevAuthServer`, so that all agree on it.
public final class TestClock: Sendable {
    private struct State {
        var elapsed = Duration.zero
        var sleeping: [Int: (end: Duration, continuation: CheckedContinuation<Void, Never>)] = [:]
        var next = 0
    }

    private let start: UnixTime
    private let state = Lock(State())

    /// Creates a clock that shows `start`, by default a moment in January 2027.
    public init(_ start: UnixTime = UnixTime(seconds: 1_800_000_000)) { self.start = start }

    /// The time that it shows.
    public var now: UnixTime { start.adding(elapsed) }

    /// The time of day.
    public var wallClock: WallClock { WallClock { self.now } }

    /// Measures how far the clock was moved.
    public var stopwatch: Stopwatch { Stopwatch { self.elapsed } }

    /// Waits until the clock was moved far enough. A wait of less than a second, which is for work that goes on at the
    /// same time, takes as long as it says.
    public var sleeper: Sleeper { Sleeper { await self.sleep($0) } }

    /// Moves the clock forward and ends the waits whose time has come. Less than nothing moves nothing.
    public func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.elapsed += min(max(duration, .zero), TestClock.furthest)
            let due = state.sleeping.filter { $0.value.end <= state.elapsed }
            for id in due.keys { state.sleeping[id] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }

    private static let furthest = Duration.seconds(1 << 40)
    private var elapsed: Duration { state.withLock { $0.elapsed } }
}

extension TestClock {
    private func sleep(_ duration: Duration) async {
        guard duration >= .seconds(1) else {
            try? await Task.sleep(for: duration)
            return
        }
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    guard !Task.isCancelled else { return true }
                    state.sleeping[id] = (state.elapsed + min(duration, TestClock.furthest), continuation)
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleeping.removeValue(forKey: id)?.continuation }?.resume()
        }
    }
}

extension LoginFlow.Environment {
    /// Takes time, durations and waiting from `clock`.
    public mutating func use(_ clock: TestClock) {
        self.clock = clock.wallClock
        stopwatch = clock.stopwatch
        sleeper = clock.sleeper
    }
}
