/// Why no token was verified: the culprit and the fix.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ culprit: String, fix: String) {
        description = "\(culprit): \(fix)"
    }
}
