import CryptoPrimitives
public import OAuthTypes
public import WireFormats

/// A public key from a file: for issuers that publish no JWK set.
///
///     let key = try PublicKey(pem: octets, algorithm: .rs256, keyID: nil)
///     let keys = LocalJWKSet(JWKSet([key]), of: issuer)
///
/// It verifies signatures of the one stated algorithm, which has to fit the key.
public struct PublicKey: Sendable {
    /// The algorithm whose signatures it verifies.
    public let algorithm: SignatureAlgorithm
    /// The name by which tokens refer to it.
    public let keyID: KeyID
    /// Its thumbprint (RFC 7638) with SHA-256, in base64url.
    public let thumbprint: String
    /// The key as a set publishes it (RFC 7517 §4), for verifying signatures of its algorithm only.
    public let jwk: JSONObject
    let key: VerificationKey

    /// Reads a key from PEM text of at most 1 MiB: `PUBLIC KEY` (RFC 7468 §13), `RSA PUBLIC KEY` (PKCS #1), or
    /// `CERTIFICATE` (RFC 7468 §5).
    ///
    /// Only the key of a certificate is used: its dates, names and signature are ignored. The text must contain one
    /// object; explanation before it is skipped.
    /// - Parameters:
    ///   - pem: the text in ASCII or UTF-8.
    ///   - algorithm: the algorithm that the issuer signs with.
    ///   - keyID: the `kid` of the issuer's tokens; nil if they have none, the thumbprint is then its name.
    ///   - policy: which keys may be used, and how.
    /// - Throws: ``KeyError``.
    public init(
        pem: [UInt8], algorithm: SignatureAlgorithm, keyID: KeyID?, policy: JWKPolicy = JWKPolicy()
    ) throws(KeyError) {
        let text: PEMText
        do { text = try PEMText(pem, limit: PublicKeyNumbers.maximumOctets) } catch { throw KeyError(error) }
        let container = try Self.container(text.label)
        do throws(CryptoError) {
            try self.init(
                PublicKeyNumbers(text.octets, in: container), algorithm: algorithm, keyID: keyID, policy: policy)
        } catch {
            throw KeyError(publicKey: error, policy: policy)
        }
    }

    /// Reads a key from DER octets, at most 1 MiB and all of them: `SubjectPublicKeyInfo` (RFC 5280 §4.1), PKCS #1, or
    /// an X.509 certificate, of which only the key is used.
    ///
    /// Parameters and errors are those of ``init(pem:algorithm:keyID:policy:)``.
    /// - Throws: ``KeyError``.
    public init(
        der: [UInt8], algorithm: SignatureAlgorithm, keyID: KeyID?, policy: JWKPolicy = JWKPolicy()
    ) throws(KeyError) {
        guard der.count <= PublicKeyNumbers.maximumOctets else {
            throw .tooLong(limit: PublicKeyNumbers.maximumOctets)
        }
        do throws(CryptoError) {
            try self.init(PublicKeyNumbers(der: der), algorithm: algorithm, keyID: keyID, policy: policy)
        } catch {
            throw KeyError(publicKey: error, policy: policy)
        }
    }

    private init(
        _ numbers: PublicKeyNumbers, algorithm: SignatureAlgorithm, keyID: KeyID?, policy: JWKPolicy
    ) throws(CryptoError) {
        let material = PublicJWK.Material(numbers)
        let unnamed = PublicJWK(keyID: nil, algorithm: algorithm.name, material: material)
        guard unnamed.fits(algorithm.method) else { throw .unexpectedKeyType }
        _ = try ReadyKey(material, policy: policy)
        thumbprint = try unnamed.thumbprint()
        guard let name = keyID ?? (try? KeyID(thumbprint)) else { throw .malformedPublicKey }
        var published = unnamed.requiredMembers
        published["kid"] = .string(name.text)
        published["use"] = "sig"
        published["alg"] = .string(algorithm.name.rawValue)
        jwk = published
        self.keyID = name
        self.algorithm = algorithm
        key = VerificationKey(PublicJWK(keyID: name, algorithm: algorithm.name, material: material), policy: policy)
    }

    private static func container(_ label: String) throws(KeyError) -> PublicKeyNumbers.Container {
        switch label {
        case "PUBLIC KEY": return .subjectPublicKeyInfo
        case "RSA PUBLIC KEY": return .pkcs1
        case "CERTIFICATE", "X509 CERTIFICATE", "X.509 CERTIFICATE": return .certificate
        case "ENCRYPTED PRIVATE KEY": throw .encrypted
        case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY": throw .privateKey
        default: throw .unsupportedText
        }
    }
}

extension JWKSet {
    /// Creates a set of your own keys.
    public init(_ keys: [PublicKey]) {
        self.init(keys: keys.map(\.key), refusals: [])
    }
}

extension PublicJWK.Material {
    fileprivate init(_ numbers: PublicKeyNumbers) {
        switch numbers {
        case .rsa(let modulus, let exponent): self = .rsa(modulus: modulus, exponent: exponent)
        case .ec(let curve, let x, let y): self = .ec(curve, x: x, y: y)
        case .edwards(let curve, let octets): self = .edwards(curve, octets)
        }
    }
}
