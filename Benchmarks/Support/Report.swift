/// The results of a run: tables for readers, and one machine-readable line per figure.
public struct Report {
    private var figures: [Figure] = []

    /// Creates an empty report.
    public init() {}

    /// Prints a table.
    public func add(_ table: Table) { print(table.text + "\n") }

    /// Keeps a figure for the end.
    public mutating func add(_ figure: Figure) { figures.append(figure) }

    /// Notes a disturbed measurement in the report.
    public func note(disturbed names: [String]) {
        guard !names.isEmpty else { return }
        print("DISTURBED: medians more than 1.5 times the minima: \(names.joined(separator: ", "))\n")
    }

    /// Prints the figures and returns whether all of them are within their bounds.
    public func finish() -> Bool {
        for figure in figures { print(figure.line) }
        return !figures.contains(where: \.isBroken)
    }
}
