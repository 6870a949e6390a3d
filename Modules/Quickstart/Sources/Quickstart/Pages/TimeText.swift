/// Times for readers.
enum TimeText {
    /// `2 h 5 min`, `59 s`.
    static func span(seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(max(seconds, 0)) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h \(seconds / 60 % 60) min"
        default: "\(seconds / 86_400) days"
        }
    }

    /// `now`, `12 min ago`, `3 h ago`, `2 days ago`. Times to come are now.
    static func ago(seconds: Int64) -> String {
        switch seconds {
        case ..<120: "now"
        case ..<7200: "\(seconds / 60) min ago"
        case ..<172_800: "\(seconds / 3600) h ago"
        default: "\(seconds / 86_400) days ago"
        }
    }

    /// `12 ms`, `1.4 s`.
    static func duration(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        // The bound keeps the arithmetic within its type.
        let milliseconds = min(max(seconds, 0), 1_000_000_000) * 1000 + attoseconds / 1_000_000_000_000_000
        guard milliseconds >= 1000 else { return milliseconds < 1 ? "under 1 ms" : "\(milliseconds) ms" }
        return "\(milliseconds / 1000).\(milliseconds / 100 % 10) s"
    }
}
