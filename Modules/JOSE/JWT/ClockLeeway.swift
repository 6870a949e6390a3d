import OAuthTypes

/// How far the issuer's clock may differ from ours: 60 seconds by default, at most 120.
public struct ClockLeeway: Hashable, Sendable, ExpressibleByIntegerLiteral {
    package let seconds: Int64

    /// How far the clocks may differ.
    public var duration: Duration { .seconds(seconds) }

    /// Creates a leeway; one outside 0…120 seconds becomes the nearer bound. A fraction of a second is cut off.
    public init(_ duration: Duration) { self.init(seconds: duration.wholeSeconds) }

    package init(seconds: Int64) {
        self.seconds = min(max(seconds, 0), 120)
    }

    /// Creates a leeway of that many seconds; a number outside 0…120 becomes the nearer bound.
    public init(integerLiteral value: Int64) {
        self.init(seconds: value)
    }

    /// Whether `time` has certainly passed.
    func hasPassed(_ time: UnixTime, at now: UnixTime) -> Bool {
        time <= now.adding(seconds: -seconds)
    }

    /// Throws `error` of the distance once `time` has certainly passed.
    @inline(__always)
    func requireAhead(
        _ time: UnixTime, at now: UnixTime, orThrow error: (ClockGap) -> ClaimError
    ) throws(ClaimError) {
        if hasPassed(time, at: now) { throw error(ClockGap(from: time, to: now, leeway: self)) }
    }

    /// Throws `error` of the distance while `time` is certainly in the future.
    @inline(__always)
    func requireBegun(
        _ time: UnixTime, at now: UnixTime, orThrow error: (ClockGap) -> ClaimError
    ) throws(ClaimError) {
        if liesAhead(time, at: now) { throw error(ClockGap(from: now, to: time, leeway: self)) }
    }

    /// Whether `time` is certainly in the future.
    func liesAhead(_ time: UnixTime, at now: UnixTime) -> Bool {
        time > now.adding(seconds: seconds)
    }
}
