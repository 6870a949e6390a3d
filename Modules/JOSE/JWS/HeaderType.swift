/// The `typ` header parameter (RFC 7515 §4.1.9), ignoring case and the prefix `application/`.
enum HeaderType: Hashable, Sendable {
    case absent
    case jwt
    case accessToken
    case logoutToken
    case clientAssertion
    case proofOfPossession
    /// A kind of token that has a type of its own and no verifier here.
    case foreign
    /// A name that no kind of token has. A verifier that lists it accepts it directly from the token endpoint only.
    case unknown

    init(_ text: String) {
        let lowercased = text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        let prefix = Array("application/".utf8)
        let octets = lowercased.starts(with: prefix) ? lowercased.dropFirst(prefix.count) : lowercased[...]
        let name = String(decoding: octets, as: UTF8.self)
        switch name {
        case "jwt": self = .jwt
        case "at+jwt": self = .accessToken
        case "logout+jwt": self = .logoutToken
        case "client-authentication+jwt": self = .clientAssertion
        case "dpop+jwt": self = .proofOfPossession
        default: self = Self.foreignNames.contains(name) ? .foreign : .unknown
        }
    }

    /// The name in a refusal's list of expected types.
    var name: String? {
        switch self {
        case .jwt: "JWT"
        case .accessToken: "at+jwt"
        case .logoutToken: "logout+jwt"
        case .clientAssertion: "client-authentication+jwt"
        case .proofOfPossession: "dpop+jwt"
        case .absent, .foreign, .unknown: nil
        }
    }

    // RFC 8725 §3.11: a verifier that accepts an unknown type must not accept one of another kind of token. Registered
    // types and those of specifications in progress.
    private static let foreignNames: Set<String> = [
        // RFC 7515 §4.1.9, RFC 7516 §4.1.11
        "jose", "jose+json",
        // RFC 8225, RFC 8417, RFC 9101, RFC 9701
        "passport", "secevent+jwt", "oauth-authz-req+jwt", "token-introspection+jwt",
        // RFC 9782, RFC 9901 and specifications based on them
        "eat+jwt", "eat-bun+jwt", "kb+jwt", "sd-jwt", "sd+jwt", "example+sd-jwt", "dc+sd-jwt", "vc+sd-jwt", "vp+sd-jwt",
        "vc+jwt", "vp+jwt", "vc-ld+jwt", "vp-ld+jwt", "statuslist+jwt", "status-list+jwt",
        // OpenID for Verifiable Credentials
        "openid4vci-proof+jwt", "key-attestation+jwt", "keyattestation+jwt", "verifier-attestation+jwt",
        // OpenID Federation
        "entity-statement+jwt", "resolve-response+jwt", "trust-mark+jwt", "trust-mark-delegation+jwt",
        "trust-mark-status+jwt", "trust-mark-status-response+jwt", "explicit-registration-response+jwt", "jwk-set+jwt",
        // Attested clients, workloads, transactions, authorization grants
        "oauth-client-attestation+jwt", "oauth-client-attestation-pop+jwt", "wit+jwt", "wpt+jwt", "wimse-id+jwt",
        "txn_token+jwt", "txntoken+jwt", "authorization-grant+jwt", "oauth-id-jag+jwt", "id-jag+jwt",
    ]
}
