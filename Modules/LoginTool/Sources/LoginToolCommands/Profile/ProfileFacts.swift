import JOSE
import OAuthTypes
import WireFormats

/// What is known of a login: the provider's metadata and the settings.
struct ProfileFacts: Sendable {
    let metadata: ProviderMetadata
    let settings: ProfileSettings

    /// The texts of a list in the metadata; nil if there is no such list.
    func list(_ name: String) -> [String]? {
        guard let member = metadata.document[name] else { return nil }
        return member.stringValue.map { [$0] } ?? member.arrayValue?.compactMap(\.stringValue)
    }

    /// Whether a list of the metadata has one of the wanted values.
    func lists(_ name: String, oneOf wanted: [String], without absent: Standing? = nil) -> Standing {
        guard let listed = list(name) else { return absent ?? .no("\(name) is missing") }
        let found = wanted.filter(listed.contains)
        return found.isEmpty ? .no("lists \(listed.shown)") : .yes("lists \(found.shown)")
    }

    /// The endpoints whose members are absent or `http`.
    func unprotectedEndpoints() -> [String] {
        let endpoints: [(String, EndpointURL?)] = [
            ("authorization_endpoint", metadata.authorizationEndpoint), ("token_endpoint", metadata.tokenEndpoint),
            ("jwks_uri", metadata.jwksURI), ("userinfo_endpoint", metadata.userinfoEndpoint),
            ("end_session_endpoint", metadata.endSessionEndpoint),
        ]
        return endpoints.filter { $0.1.map { $0.origin.scheme != "https" } ?? false }.map(\.0)
    }

    /// As `LoginFlow` chooses: the set ones, else the only public-key algorithm of the metadata, else RS256.
    var acceptedAlgorithms: [String] {
        if settings.usesClientSecretSignatures { return ["HS256"] }
        if let set = settings.algorithms { return Doctor.names(set) }
        let listed = Set(metadata.idTokenSigningAlgValuesSupported.filter { $0 != "none" && !$0.hasPrefix("HS") })
        let known = listed.compactMap { JWSAlgorithm(rawValue: $0).flatMap(SignatureAlgorithm.init) }
        return listed.count == 1 && known.count == 1 ? known.map(\.description) : ["RS256"]
    }
}
