import OAuthTypes

/// Reads settings and collects their faults.
struct SettingReader {
    let texts: SettingTexts
    private(set) var faults: [SettingFault]

    init(_ texts: SettingTexts) {
        self.texts = texts
        faults = texts.faults
    }

    mutating func note(_ variable: LoginVariable, problem: String, fix: String) {
        faults.append(SettingFault(setting: texts.name(of: variable), problem: problem, fix: fix))
    }

    mutating func noteUnknown(_ value: String, of variable: LoginVariable, known: [String]) {
        note(
            variable, problem: "'\(value.printable(upTo: 40))' is not known",
            fix:
                "Use \(known.count > 2 ? "one of these: " : "")\(known.joined(separator: known.count > 2 ? ", " : " or "))."
        )
    }

    /// Adds faults that name settings; one of a setting that already has a fault tells nothing new.
    mutating func note(_ more: [SettingFault]) {
        let told = Set(faults.map(\.setting))
        faults += more.filter { !told.contains($0.setting) }
    }

    /// The text of a setting that must be there.
    mutating func required(_ variable: LoginVariable, fix: String) -> String? {
        if let text = texts[variable] { return text }
        // One that could not be read is not missing.
        note([SettingFault(setting: texts.name(of: variable), problem: "it is not set", fix: fix)])
        return nil
    }

    /// The values of a setting, which commas or spaces separate.
    func list(_ variable: LoginVariable) -> [String] {
        (texts[variable] ?? "").split { $0 == "," || $0 == " " }.map(String.init)
    }

    mutating func url(_ variable: LoginVariable, fix: String) -> EndpointURL? {
        guard let text = texts[variable] else { return nil }
        do { return try EndpointURL(text, allowing: .loopback) } catch {
            note(variable, problem: error.description, fix: fix)
            return nil
        }
    }
}
