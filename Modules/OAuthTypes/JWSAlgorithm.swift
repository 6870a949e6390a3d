public import WireFormats

/// The signature algorithms of RFC 7518 §3.1, RFC 8037 and RFC 9864 that are supported. There is no `none`.
public enum JWSAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rs256 = "RS256"
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    case rs384 = "RS384"
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    case rs512 = "RS512"
    /// RSASSA-PSS with SHA-256.
    case ps256 = "PS256"
    /// RSASSA-PSS with SHA-384.
    case ps384 = "PS384"
    /// RSASSA-PSS with SHA-512.
    case ps512 = "PS512"
    /// ECDSA on P-256 with SHA-256.
    case es256 = "ES256"
    /// ECDSA on P-384 with SHA-384.
    case es384 = "ES384"
    /// ECDSA on P-521 with SHA-512.
    case es512 = "ES512"
    /// EdDSA on Ed25519 or Ed448.
    case edDSA = "EdDSA"
    /// EdDSA on Ed25519 alone (RFC 9864 §2.2).
    case ed25519 = "Ed25519"
    /// EdDSA on Ed448 alone (RFC 9864 §2.2).
    case ed448 = "Ed448"
    /// HMAC with SHA-256.
    case hs256 = "HS256"
    /// HMAC with SHA-384.
    case hs384 = "HS384"
    /// HMAC with SHA-512.
    case hs512 = "HS512"
}

/// Signs JSON Web Signatures: a local key (`JOSE.SigningKey`) or a key service that keeps the key elsewhere.
///
/// An implementation must put ``algorithm``, ``keyID`` if there is one, and the given type into the header, and exactly
/// the claims into the payload.
public protocol CompactSigner: Sendable {
    /// The algorithm it signs with.
    var algorithm: JWSAlgorithm { get }
    /// The key's name in the published set.
    var keyID: KeyID? { get }
    /// Signs `claims` under the header type `type` (RFC 7515 §4.1.9).
    /// - Throws: whatever the key service throws.
    func sign(type: String, claims: JSONObject) async throws -> CompactJWS
}
