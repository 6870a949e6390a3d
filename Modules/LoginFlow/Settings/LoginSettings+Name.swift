import OAuthTypes

/// What the end-session request tells the provider about the session.
public enum LogoutHint: Sendable, Hashable {
    /// The session's ID token, as `id_token_hint`: most providers log out without asking only then, and some return the
    /// browser only then.
    case idToken
    /// The client only. Use it only if you have tried it with your provider: others leave users on their own page.
    case none
}

extension LoginSettings {
    var nameFaults: [SettingFault] {
        guard let name else { return [] }
        let isLetterOrDigit = { (octet: UInt8) in
            (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet & 0xDF) && octet > 0x40
        }
        guard (1...32).contains(name.utf8.count), name.utf8.allSatisfy(isLetterOrDigit) else {
            return [
                SettingFault(
                    setting: "name", problem: "it is no name for cookies", fix: "Use 1 to 32 ASCII letters and digits.")
            ]
        }
        return []
    }
}
