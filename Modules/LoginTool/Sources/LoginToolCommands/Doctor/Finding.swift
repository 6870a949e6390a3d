import WireFormats

/// One result of an examination.
struct Finding: Sendable, Equatable {
    enum Level: String, Sendable {
        case ok, warning, problem
    }

    let level: Level
    /// What was examined: a word that is stable between releases.
    let subject: String
    let text: String
    /// What to change; for a result that is in order, what to keep in mind.
    let fix: String?

    init(_ level: Level, of subject: String, text: String, fix: String? = nil) {
        self.level = level
        self.subject = subject
        self.text = Self.line(text)
        self.fix = fix.map(Self.line)
    }

    // Parts of a text may come from the provider: they must not control a terminal or fill it.
    static func line(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(1500) {
            let isPlain = (0x20...0x7E).contains(scalar.value) || ["–", "…", "§", "≥", "’"].contains(scalar)
            line.append(isPlain ? scalar : "?")
        }
        return String(line)
    }

    var json: JSONValue {
        .object([
            "level": .string(level.rawValue), "subject": .string(subject), "text": .string(text),
            "fix": fix.map(JSONValue.string) ?? .null,
        ])
    }
}

/// The findings of an examination, for people and for programs.
struct FindingReport {
    let findings: [Finding]

    var problems: Int { findings.count { $0.level == .problem } }
    var warnings: Int { findings.count { $0.level == .warning } }

    var json: JSONValue {
        .object([
            "problems": .number(JSONNumber(problems)), "warnings": .number(JSONNumber(warnings)),
            "findings": .array(findings.map(\.json)),
        ])
    }

    func text(colored: Bool) -> String {
        let width = findings.map(\.subject.count).max() ?? 0
        let lines = findings.map { finding in
            let level = Self.padded(finding.level.rawValue, to: 8)
            let head = colored ? "\u{1B}[\(Self.color(finding.level))m\(level)\u{1B}[0m" : level
            let more = finding.fix.map { "\n         \(finding.level == .ok ? "note" : "fix"): \($0)" } ?? ""
            return "\(head) \(Self.padded(finding.subject, to: width))  \(finding.text)\(more)\n"
        }
        return lines.joined() + "\(Self.count(problems, of: "problem")), \(Self.count(warnings, of: "warning"))\n"
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }

    private static func count(_ number: Int, of noun: String) -> String {
        "\(number == 0 ? "no" : String(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    private static func color(_ level: Finding.Level) -> Int {
        switch level {
        case .ok: 32
        case .warning: 33
        case .problem: 31
        }
    }
}

/// The examination found problems and reported them.
struct ProblemsFoundError: Error {}
