import OAuthTypes

/// The distance between a time in a token and now, and the allowed difference of the clocks.
public struct ClockGap: Hashable, Sendable, CustomStringConvertible {
    package let seconds: Int64

    /// The time between the two, never negative.
    public var distance: Duration { .seconds(seconds) }
    /// How far the clocks may differ.
    public let leeway: ClockLeeway

    init(from earlier: UnixTime, to later: UnixTime, leeway: ClockLeeway) {
        seconds = max(later.seconds(since: earlier), 0)
        self.leeway = leeway
    }

    /// Both, such as `105 s (clocks may differ by 60 s)`.
    public var description: String { "\(seconds) s (clocks may differ by \(leeway.seconds) s)" }

    /// What a refusal adds to the seconds.
    var remark: String { "(clocks may differ by \(leeway.seconds) s): compare the clocks" }
}
