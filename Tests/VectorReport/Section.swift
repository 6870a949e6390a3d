/// What one publisher's vectors, or a part of them, came to: rows for people and figures for machines.
struct Section {
    struct Row {
        let name: String
        let cases: Int
        let right: Int
        let note: String
    }

    var rows: [Row] = []
    var figures: [Figure] = []
}

extension Section {
    /// The rows of all sections as a table of Markdown.
    static func table(_ sections: [Section]) -> String {
        let rows = sections.flatMap(\.rows).map { "| \($0.name) | \($0.cases) | \($0.right) | \($0.note) |" }
        return (["| vectors | cases | judged right | |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }
}
