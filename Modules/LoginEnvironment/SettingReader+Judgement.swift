import LoginFlow
import OAuthTypes

extension SettingReader {
    /// Whether `LOGIN_ENV` says production. It is `development` by default.
    func isProduction() -> Bool { texts[.environment]?.lowercased() == "production" }

    mutating func requireKnownEnvironment() {
        guard let text = texts[.environment], !["development", "production"].contains(text.lowercased()) else { return }
        noteUnknown(text, of: .environment, known: ["development", "production"])
    }

    /// Notes the faults that the flow would find, under the names of the settings that they come from.
    mutating func judge(_ settings: LoginSettings) {
        note(settings.allFaults.map { fault in plaintextFault(fault, in: settings) ?? renamed(fault) })
    }

    private func renamed(_ fault: SettingFault) -> SettingFault {
        guard let variable = Self.variables[fault.setting] else { return fault }
        return SettingFault(setting: texts.name(of: variable), problem: fault.problem, fix: fault.fix)
    }

    private static let variables: [String: LoginVariable] = [
        "issuer": .issuer, "provider": .metadataURL, "baseURL": .baseURL, "clientSecret": .clientSecret,
        "scope": .scope, "clientKeys": .clientKey, "resources": .resources,
        "maxAge, acrValues": .maxAge, "idTokenAlgorithms": .idTokenAlgorithms, "prompt": .prompt,
        "deviations": .deviations,
    ]

    // The flow's fix names a property that no variable sets.
    private func plaintextFault(_ fault: SettingFault, in settings: LoginSettings) -> SettingFault? {
        let isPlain: Bool
        switch (fault.setting, settings.provider) {
        case ("issuer", _): isPlain = settings.issuer.origin.scheme == "http"
        case ("baseURL", _): isPlain = settings.baseURL.origin.scheme == "http"
        case ("provider", .document(let address, _)): isPlain = address.origin.scheme == "http"
        default: return nil
        }
        guard isPlain, let variable = Self.variables[fault.setting] else { return nil }
        let reason =
            isProduction() ? "\(texts.name(of: .environment)) says production" : "the app is not on loopback"
        return SettingFault(
            setting: texts.name(of: variable), problem: "it is http, and \(reason)", fix: "Use https.")
    }
}
