/// A moment in whole seconds since 1970-01-01T00:00:00Z, the `NumericDate` of RFC 7519 §2 without its fraction.
///
/// Arithmetic saturates: a hostile or mistaken number never traps.
public struct UnixTime: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Seconds since the epoch; negative before it.
    public let seconds: Int64

    /// The moment `seconds` after the epoch.
    public init(seconds: Int64) {
        self.seconds = seconds
    }

    /// The moment `interval` later (earlier when negative), held at the bounds of the type. A fraction of a second is cut off.
    public func adding(_ interval: Duration) -> UnixTime {
        UnixTime(seconds: Int64(clamping: Int128(seconds) + interval.attoseconds / 1_000_000_000_000_000_000))
    }

    /// The time from `earlier` to this moment, held at the bounds of the type.
    public func duration(since earlier: UnixTime) -> Duration { .seconds(seconds(since: earlier)) }

    /// The moment `interval` seconds later (earlier when negative), held at the bounds of the type.
    package func adding(seconds interval: Int64) -> UnixTime {
        let (sum, overflow) = seconds.addingReportingOverflow(interval)
        guard overflow else { return UnixTime(seconds: sum) }
        return interval > 0 ? .distantFuture : .distantPast
    }

    /// Seconds from `earlier` to this moment, held at the bounds of the type.
    package func seconds(since earlier: UnixTime) -> Int64 {
        let (difference, overflow) = seconds.subtractingReportingOverflow(earlier.seconds)
        guard overflow else { return difference }
        return seconds > earlier.seconds ? .max : .min
    }

    /// The last moment the type can hold.
    public static let distantFuture = UnixTime(seconds: .max)

    /// The first moment the type can hold.
    public static let distantPast = UnixTime(seconds: .min)

    /// Whether `left` lies before `right`.
    public static func < (left: UnixTime, right: UnixTime) -> Bool {
        left.seconds < right.seconds
    }

    /// The number of seconds as decimal text.
    public var description: String { String(seconds) }
}
