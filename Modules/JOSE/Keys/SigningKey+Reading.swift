import CryptoPrimitives
public import OAuthTypes
public import WireFormats

extension SigningKey {
    /// Reads a private key from a JWK (RFC 7517 §4) with all its members; an RSA key needs its primes too.
    ///
    /// - Parameters:
    ///   - jwk: the key. Its `alg` is the algorithm, else its kind decides: `ES256`, `ES384` or `ES512` by the curve, `EdDSA`,
    ///     and `RS256` for RSA.
    ///   - keyID: its name; by default its `kid`, else its thumbprint.
    /// - Throws: ``KeyError``; ``KeyError/privateKeyMember(_:)`` names a member that is missing or malformed.
    public convenience init(jwk: JSONObject, keyID: KeyID? = nil) throws(KeyError) {
        let read = try PrivateJWK(jwk)
        let algorithm: SignatureAlgorithm
        if let name = read.algorithm {
            guard let named = SignatureAlgorithm(name) else { throw .privateKeyMember("alg") }
            algorithm = named
        } else {
            algorithm = read.stated.usualAlgorithm
        }
        try self.init(der: read.der, algorithm: algorithm, keyID: keyID ?? read.keyID)
        guard hasPublicHalf(read.stated) else { throw .unacceptablePrivateKey }
    }

    /// Reads an unencrypted private key from PEM text (PKCS #8, PKCS #1 or SEC 1), and takes the algorithm by its kind:
    /// `ES256`, `ES384` or `ES512` by the curve, `EdDSA`, and `RS256` for RSA.
    /// - Throws: ``KeyError``.
    public convenience init(pem: [UInt8], keyID: KeyID? = nil) throws(KeyError) {
        try self.init(pem: pem, algorithm: SigningKey.usualAlgorithm(ofPEM: pem), keyID: keyID)
    }

    private static func usualAlgorithm(ofPEM pem: [UInt8]) throws(KeyError) -> SignatureAlgorithm {
        for algorithm in [SignatureAlgorithm.rs256, .es256, .es384, .es512, .edDSA] {
            do throws(CryptoError) {
                _ = try PrivateKey(pem: pem, method: algorithm.method)
                return algorithm
            } catch {
                guard error == .unexpectedKeyType else { throw KeyError(privateKey: error) }
            }
        }
        throw .wrongKind
    }
}

extension PublicJWK.Material {
    /// The algorithm that a key of this kind is usually meant for.
    var usualAlgorithm: SignatureAlgorithm {
        switch self {
        case .rsa: .rs256
        case .ec(.p256, _, _): .es256
        case .ec(.p384, _, _): .es384
        case .ec(.p521, _, _): .es512
        case .edwards: .edDSA
        }
    }
}
