import CryptoPrimitives
public import OAuthTypes
public import WireFormats

/// A private key in this process that signs tokens (RFC 7515 §5.1). It always has a key ID; by default its thumbprint
/// (RFC 7638).
///
///     let key = try SigningKey.generate(.rs256)
///     let published = SigningKey.jwkSet([key])
public final class SigningKey: CompactSigner {
    /// The algorithm it signs with.
    public let algorithm: JWSAlgorithm
    /// The public half as a set publishes it (RFC 7517 §4), for verifying signatures of this algorithm only.
    public let publicJWK: JSONObject
    /// Its thumbprint (RFC 7638) with SHA-256, in base64url: its default key ID.
    public let thumbprint: String
    private let name: KeyID
    private let key: PrivateKey

    static let rsaBits = 2048...8192

    private init(_ key: PrivateKey, algorithm: SignatureAlgorithm, keyID: KeyID?) throws(KeyError) {
        let jwk = PublicJWK(keyID: nil, algorithm: algorithm.name, material: key.publicMaterial)
        let thumbprint: String
        do { thumbprint = try jwk.thumbprint() } catch { throw KeyError(privateKey: error) }
        guard let name = keyID ?? (try? KeyID(thumbprint)) else { throw .cryptography }
        var published = jwk.requiredMembers
        published["kid"] = .string(name.text)
        published["use"] = "sig"
        published["alg"] = .string(algorithm.name.rawValue)
        self.key = key
        self.name = name
        self.algorithm = algorithm.name
        self.thumbprint = thumbprint
        publicJWK = published
    }

    /// Its name in the published set.
    public var keyID: KeyID? { name }

    /// Whether its public half is `material`.
    func hasPublicHalf(_ material: PublicJWK.Material) -> Bool { key.publicMaterial == material }

    /// The strength of a new key.
    @nonexhaustive
    public enum Strength: Hashable, Sendable {
        /// RSA of 2,048 bits, the curve of the algorithm, or Ed25519.
        case standard
        /// RSA with a modulus of this many bits, 2,048…8,192.
        case rsa(bits: Int)
        /// Ed448, for EdDSA.
        case ed448
    }

    /// Creates a new key. One of 8,192 bits takes many seconds.
    ///
    ///     let key = try SigningKey.generate(.ps256, strength: .rsa(bits: 3072))
    ///
    /// - Throws: ``KeyError/wrongKind`` when the algorithm has no keys of that strength,
    ///   ``KeyError/unacceptablePrivateKey`` for other sizes of RSA, ``KeyError/cryptography``.
    public static func generate(
        _ algorithm: SignatureAlgorithm, strength: Strength = .standard, keyID: KeyID? = nil
    ) throws(KeyError) -> SigningKey {
        let key: PrivateKey
        do { key = try PrivateKey.generate(algorithm.method, strength: strength) } catch {
            throw KeyError(privateKey: error)
        }
        return try SigningKey(key, algorithm: algorithm, keyID: keyID)
    }

    /// Reads an unencrypted private key from PEM text (PKCS #8, PKCS #1 or SEC 1).
    /// - Throws: ``KeyError``.
    public convenience init(
        pem: [UInt8], algorithm: SignatureAlgorithm, keyID: KeyID? = nil
    ) throws(KeyError) {
        let key: PrivateKey
        do { key = try PrivateKey(pem: pem, method: algorithm.method) } catch { throw KeyError(privateKey: error) }
        try self.init(key, algorithm: algorithm, keyID: keyID)
    }

    /// Reads an unencrypted private key from DER octets (PKCS #8, PKCS #1 or SEC 1), all of them.
    /// - Throws: ``KeyError``.
    public convenience init(
        der: [UInt8], algorithm: SignatureAlgorithm, keyID: KeyID? = nil
    ) throws(KeyError) {
        let key: PrivateKey
        do { key = try PrivateKey(der: der, method: algorithm.method) } catch { throw KeyError(privateKey: error) }
        try self.init(key, algorithm: algorithm, keyID: keyID)
    }

    /// Returns the JWK set that publishes these keys (RFC 7517 §5).
    public static func jwkSet(_ keys: [SigningKey]) -> JSONObject {
        ["keys": .array(keys.map { .object($0.publicJWK) })]
    }

    /// Returns the private key as unencrypted PEM text (PKCS #8). Store it where no other user can read it.
    /// - Throws: ``KeyError/cryptography``.
    public func pem() throws(KeyError) -> [UInt8] {
        do { return try key.pem() } catch { throw KeyError(privateKey: error) }
    }

    /// Signs `claims` under the header type `type`.
    /// - Throws: ``KeyError/cryptography``.
    public func sign(type: String, claims: JSONObject) async throws -> CompactJWS {
        try signed(type: type, claims: claims)
    }

    /// As ``sign(type:claims:)``, for callers that cannot wait.
    /// - Throws: ``KeyError/cryptography``.
    public func signed(type: String, claims: JSONObject) throws(KeyError) -> CompactJWS {
        let header: JSONObject = [
            "alg": .string(algorithm.rawValue), "kid": .string(name.text), "typ": .string(type),
        ]
        return try signed(header: header, payload: JSONWriter.bytes(claims))
    }

    /// Signs any payload with any header, which may contradict the key: for vectors and for servers that misbehave on
    /// purpose.
    package func signed(header: JSONObject, payload: [UInt8]) throws(KeyError) -> CompactJWS {
        let input = Base64URL.encode(JSONWriter.bytes(header)) + "." + Base64URL.encode(payload)
        do {
            return CompactJWS(input + "." + Base64URL.encode(try key.sign(Array(input.utf8))))
        } catch {
            throw KeyError(privateKey: error)
        }
    }
}
