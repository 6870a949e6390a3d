/// What was expected and what a token contained, if neither is secret: for the operator who has to fix it.
///
/// The token's own texts are untrusted: characters other than printable ASCII become question marks, each text has at
/// most 128 octets, and at most four are kept.
public struct Mismatch: Hashable, Sendable, CustomStringConvertible {
    private static let longest = 128
    private static let most = 4

    /// The accepted values; empty if there are none.
    public let expected: [String]
    /// The values in the token; empty if there are none.
    public let found: [String]
    /// How many more values the token has.
    public let furtherCount: Int

    init(expected: [String], found: [String]) {
        self.expected = expected.map(Self.printable)
        self.found = found.prefix(Self.most).map(Self.printable)
        furtherCount = max(found.count - Self.most, 0)
    }

    /// Both, each text in quotes.
    public var description: String {
        let further = furtherCount > 0 ? " and \(furtherCount) more" : ""
        return "expected \(Self.list(expected, joinedBy: "or")), found \(Self.list(found, joinedBy: "and"))\(further)"
    }

    private static func list(_ texts: [String], joinedBy conjunction: String) -> String {
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
