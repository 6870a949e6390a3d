/// Why nothing was judged: names the culprit and what to do.
struct UsageProblem: Error, CustomStringConvertible {
    let description: String

    init(_ culprit: String, _ fix: String) {
        description = "\(culprit): \(fix)"
    }
}
