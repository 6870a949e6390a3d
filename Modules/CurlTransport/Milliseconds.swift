extension Int {
    /// A time limit for libcurl: at least 1, because 0 would mean libcurl's own default, and at most 23 days.
    init(millisecondsOf duration: Duration) {
        let longest: Int64 = 2_000_000
        let (seconds, attoseconds) = duration.components
        guard seconds < longest else {
            self = Int(longest * 1000)
            return
        }
        self = Swift.max(1, Int(Swift.max(0, seconds) * 1000 + attoseconds / 1_000_000_000_000_000))
    }
}
