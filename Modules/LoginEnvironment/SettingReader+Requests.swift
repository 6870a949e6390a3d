import AuthURL
import LoginFlow
import OAuthTypes

/// How authorization requests are sent and what they ask for.
extension SettingReader {
    private static let sendings: [(name: String, value: RequestSending)] = [
        ("auto", .automatic), ("on", .always), ("off", .never),
    ]

    private static let responseModes: [AuthorizationRequest.ResponseMode] = [
        .query, .formPost, .queryJWT, .formPostJWT,
    ]

    mutating func sending(_ variable: LoginVariable) -> RequestSending {
        guard let name = texts[variable] else { return .automatic }
        if let found = Self.sendings.first(where: { $0.name == name }) { return found.value }
        noteUnknown(name, of: variable, known: Self.sendings.map(\.name))
        return .automatic
    }

    mutating func responseMode() -> AuthorizationRequest.ResponseMode {
        guard let name = texts[.responseMode] else { return .query }
        if let mode = Self.responseModes.first(where: { $0.rawValue == name }) { return mode }
        noteUnknown(name, of: .responseMode, known: Self.responseModes.map(\.rawValue))
        return .query
    }

    mutating func isOn(_ variable: LoginVariable) -> Bool {
        guard let name = texts[variable], name != "off" else { return false }
        if name == "on" { return true }
        noteUnknown(name, of: variable, known: ["on", "off"])
        return false
    }

    mutating func maxAge() -> Duration? {
        guard let text = texts[.maxAge] else { return nil }
        if let seconds = Int32(text), seconds >= 0 { return .seconds(Int64(seconds)) }
        note(.maxAge, problem: "it is not a number of seconds", fix: "Give whole seconds, such as 3600.")
        return nil
    }
}
