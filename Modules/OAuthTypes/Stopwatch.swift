/// Reads a clock that only moves forward, for measuring how long something took. It says nothing about the time of day.
public struct Stopwatch: Sendable {
    private let read: @Sendable () -> Duration

    /// Creates a stopwatch that returns what `read` returns: the time since an arbitrary, fixed moment.
    public init(_ read: @escaping @Sendable () -> Duration) {
        self.read = read
    }

    /// The time since an arbitrary, fixed moment.
    public var reading: Duration { read() }

    /// The system's monotonic clock, counting from the first use.
    public static let system: Stopwatch = {
        let start = ContinuousClock.now
        return Stopwatch { start.duration(to: .now) }
    }()
}
