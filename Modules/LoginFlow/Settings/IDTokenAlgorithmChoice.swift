import JOSE
import OAuthTypes

/// Which algorithms ID tokens may be signed with: those that the integrator named, or those of the metadata. Never
/// taken from a token.
struct IDTokenAlgorithmChoice {
    /// The algorithms that are accepted.
    let accepted: SignatureAlgorithms
    /// Whether the provider lists none of them.
    let isUnsupported: Bool
    /// The provider's list, without HMAC and `none`, each name once; `EdDSA` stands for its other names.
    let listed: [String]

    init(_ settings: LoginSettings, metadata: ProviderMetadata) {
        listed = metadata.idTokenSigningAlgValuesSupported.reduce(into: []) { names, name in
            let name = Self.edwardsNames.contains(name) ? JWSAlgorithm.edDSA.rawValue : name
            if !Self.isSecretOrNothing(name), !names.contains(name) { names.append(name) }
        }
        let known = listed.compactMap { JWSAlgorithm(rawValue: $0).flatMap(SignatureAlgorithm.init) }
        let only = listed.count == 1 ? known.first.map { [$0] as SignatureAlgorithms } : nil
        let accepted = settings.idTokenAlgorithms ?? only ?? [.rs256]
        self.accepted = accepted
        // An empty list was there and could not be read: nothing follows from it.
        isUnsupported = !metadata.idTokenSigningAlgValuesSupported.isEmpty && !known.contains(where: accepted.contains)
    }

    // RFC 9864 §2.2: other names of EdDSA on one curve.
    private static let edwardsNames: Set<String> = ["Ed25519", "Ed448"]

    private static func isSecretOrNothing(_ name: String) -> Bool { name == "none" || name.hasPrefix("HS") }
}
