/// Waits. Every part that has to wait takes one of these, so that tests need not wait.
public struct Sleeper: Sendable {
    private let pause: @Sendable (Duration) async -> Void

    /// Creates a sleeper that runs `pause`.
    public init(_ pause: @escaping @Sendable (Duration) async -> Void) { self.pause = pause }

    /// Returns after `duration`, or earlier if the task is cancelled.
    public func sleep(_ duration: Duration) async { await pause(duration) }

    /// Sleeps on the system's monotonic clock.
    public static let system = Sleeper { duration in
        try? await Task.sleep(for: duration)
    }
}
