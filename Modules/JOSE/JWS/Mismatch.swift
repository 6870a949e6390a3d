/// What was expected and what a token said instead, where neither is secret: for whoever has to mend it.
///
/// The token's own texts are foreign: what is no printable ASCII became a question mark, each has at most 128 octets,
/// and of several no more than four are kept.
public struct Mismatch: Hashable, Sendable, CustomStringConvertible {
    private static let longest = 128
    private static let most = 4

    /// What would have been taken; empty when nothing would.
    public let expected: [String]
    /// What stands in the token; empty when nothing does.
    public let found: [String]
    /// How many more stand there.
    public let furtherCount: Int

    init(expected: [String], found: [String]) {
        self.expected = expected.map(Self.printable)
        self.found = found.prefix(Self.most).map(Self.printable)
        furtherCount = max(found.count - Self.most, 0)
    }

    /// Both, each text in quotes.
    public var description: String {
        let further = furtherCount > 0 ? " and \(furtherCount) more" : ""
        return "expected \(Self.list(expected, "or")), found \(Self.list(found, "and"))\(further)"
    }

    private static func list(_ texts: [String], _ conjunction: String) -> String {
        guard let last = texts.last else { return "nothing" }
        let others = texts.dropLast().map { "'\($0)'" }.joined(separator: ", ")
        return others.isEmpty ? "'\(last)'" : "\(others) \(conjunction) '\(last)'"
    }

    private static func printable(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            guard shown.utf8.count < longest else { return shown.dropLast(3) + "..." }
            shown.unicodeScalars.append((0x20...0x7E).contains(scalar.value) ? scalar : "?")
        }
        return shown
    }
}
