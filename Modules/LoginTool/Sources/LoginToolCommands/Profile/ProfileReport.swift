import WireFormats

/// A profile compared with a login: a row for each requirement.
struct ProfileReport {
    struct Row {
        let requirement: Requirement
        let provider, library: Standing

        var verdict: Verdict { Verdict([provider, library]) }
    }

    let profile: Profile
    let rows: [Row]

    init(_ profile: Profile, _ facts: ProfileFacts) {
        self.profile = profile
        rows = profile.requirements.map {
            Row(requirement: $0, provider: $0.provider(facts), library: $0.library(facts))
        }
    }

    /// Whether everything that the profile insists on is met.
    var isMet: Bool { rows.allSatisfy { !$0.requirement.isNeeded || $0.verdict == .met } }

    var json: JSONValue {
        .object([
            "profile": .string(profile.name), "title": .string(profile.title), "met": .bool(isMet),
            "requirements": .array(
                rows.map { row in
                    .object([
                        "id": .string(row.requirement.id), "requirement": .string(row.requirement.words),
                        "source": .string(row.requirement.source),
                        "need": .string(row.requirement.isNeeded ? "required" : "recommended"),
                        "provider": .string(row.provider.text), "library": .string(row.library.text),
                        "verdict": .string(row.verdict.rawValue),
                    ])
                }),
        ])
    }

    func text(colored: Bool) -> String {
        let ids = Column("requirement", rows.map(\.requirement.id))
        let offers = Column("provider offers", rows.map { Finding.line($0.provider.text) })
        let abilities = Column("this library today", rows.map { Finding.line($0.library.text) })
        var lines = ["\(profile.name): \(profile.title)", ""]
        lines.append("verdict  \(ids.head)  \(offers.head)  \(abilities.title)")
        for (number, row) in rows.enumerated() {
            let verdict = Column.padded(row.verdict.rawValue, to: 7)
            lines.append(
                (colored ? "\u{1B}[\(Self.color(row.verdict))m\(verdict)\u{1B}[0m" : verdict)
                    + "  \(ids[number])  \(offers[number])  \(abilities.cells[number])")
            let need = row.requirement.isNeeded ? "" : "; recommended"
            lines.append("         \(row.requirement.words) (\(row.requirement.source)\(need))")
        }
        return lines.joined(separator: "\n") + "\n\(summary)\n"
    }

    private var summary: String {
        let needed = rows.filter(\.requirement.isNeeded)
        let counts = [Verdict.met, .notMet, .notYet, .unseen].compactMap { verdict in
            let count = needed.count { $0.verdict == verdict }
            return count == 0 && verdict != .met ? nil : "\(count) \(verdict.rawValue)"
        }
        return "of \(needed.count) requirements: \(counts.joined(separator: ", "))"
    }

    private static func color(_ verdict: Verdict) -> Int {
        switch verdict {
        case .met: 32
        case .notMet: 31
        case .notYet, .unseen: 33
        }
    }
}

/// A column of a table.
private struct Column {
    let title: String
    let cells: [String]
    private let width: Int

    init(_ title: String, _ cells: [String]) {
        self.title = title
        self.cells = cells
        width = ([title] + cells).map(\.count).max() ?? 0
    }

    var head: String { Self.padded(title, to: width) }

    subscript(row: Int) -> String { Self.padded(cells[row], to: width) }

    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }
}
