/// Lets time pass. Every part that has to wait takes one of these, so that tests need not.
public struct Sleeper: Sendable {
    private let pause: @Sendable (Duration) async -> Void

    /// A sleeper that runs `pause`.
    public init(_ pause: @escaping @Sendable (Duration) async -> Void) { self.pause = pause }

    /// Returns after `duration`, or earlier when the task is cancelled.
    public func sleep(_ duration: Duration) async { await pause(duration) }

    /// Sleeps on the system's monotonic clock.
    public static let system = Sleeper { duration in
        try? await Task.sleep(for: duration)
    }
}
