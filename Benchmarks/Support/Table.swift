/// A table in Markdown.
public struct Table {
    private var lines: [String]

    /// A table with these columns; all but the first hold numbers.
    public init(_ columns: String...) {
        let rule = columns.indices.map { $0 == 0 ? "---" : "---:" }
        lines = [Self.line(columns), Self.line(rule)]
    }

    /// Adds a row.
    public mutating func row(_ cells: String...) { lines.append(Self.line(cells)) }

    /// All of it.
    public var text: String { lines.joined(separator: "\n") }

    private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
}

extension Double {
    /// Nanoseconds as microseconds.
    public var microseconds: String { "\((self / 1_000).rounded(to: 2))" }

    /// A ratio.
    public var ratio: String { "\(rounded(to: 3))" }
}
