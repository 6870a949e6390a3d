import CryptoPrimitives
public import OAuthTypes
public import WireFormats

/// Signs with the client secret (RFC 7518 §3.2): the octets of the secret in UTF-8 are the key (OpenID Connect Core
/// §10.1), which has no name.
///
/// Use it for clients that authenticate with a signature, and for servers that sign ID tokens with the secret; see
/// ``ClientSecretIDTokenVerifier``.
public struct ClientSecretSigner: CompactSigner {
    /// The algorithm it signs with.
    public var algorithm: JWSAlgorithm { secretAlgorithm.name }
    private let secretAlgorithm: MACAlgorithm
    private let secret: ClientSecret

    /// Creates a signer with `secret`.
    /// - Throws: ``KeyError/weakClientSecret(_:requiredOctets:)`` when the secret is shorter than the algorithm's hash.
    public init(secret: ClientSecret, algorithm: MACAlgorithm) throws(KeyError) {
        guard secret.exposedText.utf8.count >= algorithm.hash.byteCount else { throw .weakClientSecret(for: algorithm) }
        self.secret = secret
        secretAlgorithm = algorithm
    }

    /// None: both sides know which secret it is.
    public var keyID: KeyID? { nil }

    /// Signs `claims` under the header type `type`.
    /// - Throws: ``KeyError/cryptography``.
    public func sign(type: String, claims: JSONObject) async throws -> CompactJWS {
        try signed(type: type, claims: claims)
    }

    /// As ``sign(type:claims:)``, for callers that cannot wait.
    /// - Throws: ``KeyError/cryptography``.
    public func signed(type: String, claims: JSONObject) throws(KeyError) -> CompactJWS {
        let header: JSONObject = ["alg": .string(algorithm.rawValue), "typ": .string(type)]
        let input = Base64URL.encode(JSONWriter.bytes(header)) + "." + Base64URL.encode(JSONWriter.bytes(claims))
        let key = Array(secret.exposedText.utf8)
        do {
            let code = try HMAC.authenticate(key: key, message: Array(input.utf8), hash: secretAlgorithm.hash)
            return CompactJWS(input + "." + Base64URL.encode(code))
        } catch {
            throw .cryptography
        }
    }
}
