import AuthURL
import JOSE
import LoginFlow
import OAuthTypes

/// The settings for providers that differ from the standards.
struct ProviderRules {
    var documentURL: EndpointURL?
    var idTokenAlgorithms: SignatureAlgorithms?
    var prompt: [AuthorizationRequest.Prompt] = []
    var offlineAccess = OfflineAccess.automatic
    var deviations: Set<LoginDeviation> = []

    func apply(to login: inout LoginSettings) {
        if let documentURL { login.provider = .document(at: documentURL, issuer: login.issuer) }
        login.idTokenAlgorithms = idTokenAlgorithms
        login.prompt = prompt
        login.offlineAccess = offlineAccess
        login.deviations = deviations
    }
}

extension SettingsReader {
    private static let deviations: [(name: String, value: LoginDeviation)] = [
        ("linkedin", .linkedIn), ("unencoded-basic-secret", .unencodedBasicSecret),
        ("hs256-client-secret", .hs256ByClientSecret), ("sha256-eddsa-hash", .sha256EdDSAHash),
        ("new-auth-time-at-refresh", .newAuthTimeAtRefresh),
    ]

    private static let prompts = ["none", "login", "consent", "select_account", "create"]

    private static let offlineWays: [(name: String, value: OfflineAccess)] = [
        ("automatic", .automatic), ("never", .never), ("with-consent", .withConsent), ("plain", .plain),
    ]

    mutating func providerRules(for issuer: Issuer?) -> ProviderRules {
        var rules = ProviderRules()
        rules.documentURL = documentURL()
        rules.idTokenAlgorithms = idTokenAlgorithms()
        rules.prompt = prompt()
        rules.offlineAccess = offlineAccess()
        rules.deviations = namedDeviations(for: issuer)
        return rules
    }

    private mutating func documentURL() -> EndpointURL? {
        guard let text = text("LOGIN_METADATA_URL") else { return nil }
        do { return try EndpointURL(text, allowing: .loopback) } catch {
            note(
                "LOGIN_METADATA_URL", problem: error.description,
                fix: "Give the address of the provider's metadata document.")
            return nil
        }
    }

    private mutating func idTokenAlgorithms() -> SignatureAlgorithms? {
        let known = SignatureAlgorithm.allCases
        let found = list("LOGIN_ID_TOKEN_ALG").map { name in (name, known.first { $0.name.rawValue == name }) }
        for (name, algorithm) in found where algorithm == nil {
            noteUnknown(name, of: "LOGIN_ID_TOKEN_ALG", known: known.map(\.name.rawValue))
        }
        return found.isEmpty ? nil : SignatureAlgorithms(found.compactMap(\.1))
    }

    private mutating func prompt() -> [AuthorizationRequest.Prompt] {
        let found = list("LOGIN_PROMPT")
        for name in found where !Self.prompts.contains(name) {
            noteUnknown(name, of: "LOGIN_PROMPT", known: Self.prompts)
        }
        return found.map { AuthorizationRequest.Prompt($0) }
    }

    private mutating func offlineAccess() -> OfflineAccess {
        guard let name = text("LOGIN_OFFLINE_ACCESS") else { return .automatic }
        guard let way = Self.offlineWays.first(where: { $0.name == name }) else {
            noteUnknown(name, of: "LOGIN_OFFLINE_ACCESS", known: Self.offlineWays.map(\.name))
            return .automatic
        }
        return way.value
    }

    private mutating func namedDeviations(for issuer: Issuer?) -> Set<LoginDeviation> {
        var deviations: Set<LoginDeviation> = []
        for name in list("LOGIN_DEVIATIONS") {
            if let deviation = deviation(name) {
                deviations.insert(deviation)
                if let issuer, let bound = deviation.boundIssuer, bound != issuer.text {
                    note(
                        "LOGIN_DEVIATIONS", problem: "linkedin is bound to '\(bound)', and LOGIN_ISSUER is '\(issuer)'",
                        fix: "Remove it: other providers support nonce and PKCE, or ignore them.")
                }
            } else {
                noteUnknown(name, of: "LOGIN_DEVIATIONS", known: Self.deviations.map(\.name) + ["linkedin@ISSUER"])
            }
        }
        let audiences = list("LOGIN_TRUSTED_AUDIENCES")
        if !audiences.isEmpty { deviations.insert(.trustedAudiences(audiences)) }
        return deviations
    }

    // linkedin@https://… binds it to another issuer.
    private func deviation(_ name: String) -> LoginDeviation? {
        if let known = Self.deviations.first(where: { $0.name == name }) { return known.value }
        let parts = name.split(separator: "@", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[0] == "linkedin" else { return nil }
        return (try? Issuer(parts[1], allowing: .loopback)).map { .linkedIn(issuer: $0) }
    }

    /// The values of a variable, which commas or spaces separate.
    private func list(_ name: String) -> [String] {
        (text(name) ?? "").split { $0 == "," || $0 == " " }.map(String.init)
    }

    private mutating func noteUnknown(_ value: String, of name: String, known: [String]) {
        note(name, problem: "'\(value)' is not known", fix: "Use one of these: \(known.joined(separator: ", ")).")
    }
}
