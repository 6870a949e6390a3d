/// Why no token was verified: the culprit and the fix.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ culprit: String, fix: String) {
        description = "\(culprit): \(fix)"
    }

    /// Several reasons, each with its fix.
    init(lines: [String]) { description = lines.joined(separator: "\nerror: ") }
}
