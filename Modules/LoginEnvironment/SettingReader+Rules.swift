import AuthURL
import JOSE
import LoginFlow
import OAuthTypes

/// The settings for providers that differ from the standards, and those that have a default.
struct ProviderRules {
    var scope: Scope?
    var audience: String?
    var resources: [String] = []
    var responseMode = AuthorizationRequest.ResponseMode.query
    var pushedRequests = RequestSending.automatic
    var signedRequests = RequestSending.automatic
    var acceptsThirdParty = false
    var maxAge: Duration?
    var acrValues: [String] = []
    var metadataURL: EndpointURL?
    var idTokenAlgorithms: SignatureAlgorithms?
    var prompt: [AuthorizationRequest.Prompt] = []
    var offlineAccess = OfflineAccess.automatic
    var deviations: Set<LoginDeviation> = []

    func apply(to settings: inout LoginSettings) {
        if let metadataURL { settings.provider = .document(at: metadataURL, issuer: settings.issuer) }
        settings.scope = scope
        settings.audience = audience
        settings.resources = resources
        settings.responseMode = responseMode
        settings.pushedRequests = pushedRequests
        settings.signedRequests = signedRequests
        settings.maxAge = maxAge
        if acceptsThirdParty { settings.routes.initiateLogin = LoginRoutes.usualInitiateLogin }
        settings.acrValues = acrValues
        settings.idTokenAlgorithms = idTokenAlgorithms
        settings.prompt = prompt
        settings.offlineAccess = offlineAccess
        settings.deviations = deviations
    }
}

extension SettingReader {
    private static let deviationNames: [(name: String, value: LoginDeviation)] = [
        ("linkedin", .linkedIn), ("unencoded-basic-secret", .unencodedBasicSecret),
        ("hs256-client-secret", .hs256ByClientSecret), ("sha256-eddsa-hash", .sha256EdDSAHash),
        ("new-auth-time-at-refresh", .newAuthTimeAtRefresh),
    ]

    private static let prompts = ["none", "login", "consent", "select_account", "create"]

    private static let offlineWays: [(name: String, value: OfflineAccess)] = [
        ("automatic", .automatic), ("never", .never), ("with-consent", .withConsent), ("plain", .plain),
    ]

    mutating func idTokenAlgorithms() -> SignatureAlgorithms? {
        let known = SignatureAlgorithm.allCases
        let found = list(.idTokenAlgorithms).map { name in (name, known.first { $0.name.rawValue == name }) }
        for (name, algorithm) in found where algorithm == nil {
            noteUnknown(name, of: .idTokenAlgorithms, known: known.map(\.name.rawValue))
        }
        return found.isEmpty ? nil : SignatureAlgorithms(found.compactMap(\.1))
    }

    mutating func prompt() -> [AuthorizationRequest.Prompt] {
        let found = list(.prompt)
        for name in found where !Self.prompts.contains(name) { noteUnknown(name, of: .prompt, known: Self.prompts) }
        return found.map { AuthorizationRequest.Prompt($0) }
    }

    mutating func offlineAccess() -> OfflineAccess {
        guard let name = texts[.offlineAccess] else { return .automatic }
        if let way = Self.offlineWays.first(where: { $0.name == name }) { return way.value }
        noteUnknown(name, of: .offlineAccess, known: Self.offlineWays.map(\.name))
        return .automatic
    }

    mutating func deviations() -> Set<LoginDeviation> {
        var deviations: Set<LoginDeviation> = []
        for name in list(.deviations) {
            if let deviation = Self.deviation(name) {
                deviations.insert(deviation)
            } else {
                noteUnknown(name, of: .deviations, known: Self.deviationNames.map(\.name) + ["linkedin@ISSUER"])
            }
        }
        let audiences = list(.trustedAudiences)
        if !audiences.isEmpty { deviations.insert(.trustedAudiences(audiences)) }
        return deviations
    }

    // linkedin@https://… binds it to another issuer.
    private static func deviation(_ name: String) -> LoginDeviation? {
        if let known = deviationNames.first(where: { $0.name == name }) { return known.value }
        let parts = name.split(separator: "@", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[0] == "linkedin" else { return nil }
        return (try? Issuer(parts[1], allowing: .loopback)).map { .linkedIn(issuer: $0) }
    }
}
