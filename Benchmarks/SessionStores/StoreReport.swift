import Support

/// What a run found: tables for people, and one line a figure for machines.
struct StoreReport {
    private var figures: [Figure] = []

    func add(_ table: Table) { print(table.text + "\n") }

    mutating func add(_ figure: Figure) { figures.append(figure) }

    /// Prints the figures; whether all promises hold.
    func finish() -> Bool {
        for figure in figures { print(figure.line) }
        return !figures.contains(where: \.isBroken)
    }
}
