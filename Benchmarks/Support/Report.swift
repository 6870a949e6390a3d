/// What a run found: tables for people, and one line a figure for machines.
public struct Report {
    private var figures: [Figure] = []

    /// Nothing found yet.
    public init() {}

    /// Prints a table.
    public func add(_ table: Table) { print(table.text + "\n") }

    /// Keeps a figure for the end.
    public mutating func add(_ figure: Figure) { figures.append(figure) }

    /// A disturbed measurement is told, never hidden.
    public func note(disturbed names: [String]) {
        guard !names.isEmpty else { return }
        print("DISTURBED: medians more than 1.5 times the minima: \(names.joined(separator: ", "))\n")
    }

    /// Prints the figures; whether all promises hold.
    public func finish() -> Bool {
        for figure in figures { print(figure.line) }
        return !figures.contains(where: \.isBroken)
    }
}
