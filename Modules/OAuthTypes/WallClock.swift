#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads the time of day. Every part that needs the time takes one of these, so that tests set it by hand.
public struct WallClock: Sendable {
    private let read: @Sendable () -> UnixTime

    /// Creates a clock that returns what `read` returns.
    public init(_ read: @escaping @Sendable () -> UnixTime) {
        self.read = read
    }

    /// The moment at which it is read.
    public var now: UnixTime { read() }

    /// The system's clock.
    public static let system = WallClock {
        var moment = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &moment)
        return UnixTime(seconds: Int64(moment.tv_sec))
    }
}
