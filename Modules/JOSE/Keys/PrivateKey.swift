import CryptoPrimitives
import OAuthTypes

/// A private key together with the one algorithm it signs with.
enum PrivateKey: Sendable {
    case rsa(RSAPrivateKey, isPSS: Bool, SHA2.Size)
    case ec(ECPrivateKey, SHA2.Size)
    case edwards(EdwardsPrivateKey)

    /// A new key for the method, of its usual or of the given strength.
    static func generate(
        _ method: SignatureAlgorithm.Method, strength: SigningKey.Strength
    ) throws(CryptoError) -> PrivateKey {
        switch (method, strength) {
        case (.pkcs1(let hash), _): .rsa(try .generate(bits: bits(strength)), isPSS: false, hash)
        case (.pss(let hash), _): .rsa(try .generate(bits: bits(strength)), isPSS: true, hash)
        case (.ecdsa(let curve, let hash), .standard): .ec(try .generate(curve), hash)
        case (.edDSA(let curve), .standard): .edwards(try .generate(curve ?? .ed25519))
        case (.edDSA(nil), .ed448), (.edDSA(.ed448), .ed448): .edwards(try .generate(.ed448))
        default: throw .unexpectedKeyType
        }
    }

    private static func bits(_ strength: SigningKey.Strength) throws(CryptoError) -> Int {
        switch strength {
        case .standard: return 2048
        case .rsa(let bits):
            guard SigningKey.rsaBits.contains(bits) else { throw .modulusSize(bits: bits) }
            return bits
        case .ed448: throw .unexpectedKeyType
        }
    }

    init(pem: [UInt8], method: SignatureAlgorithm.Method) throws(CryptoError) {
        switch method {
        case .pkcs1(let hash): self = .rsa(try RSAPrivateKey(pem: pem), isPSS: false, hash)
        case .pss(let hash): self = .rsa(try RSAPrivateKey(pem: pem), isPSS: true, hash)
        case .ecdsa(let curve, let hash): self = .ec(try ECPrivateKey(pem: pem).on(curve), hash)
        case .edDSA(let curve): self = .edwards(try EdwardsPrivateKey(pem: pem).on(curve))
        }
    }

    init(der: [UInt8], method: SignatureAlgorithm.Method) throws(CryptoError) {
        switch method {
        case .pkcs1(let hash): self = .rsa(try RSAPrivateKey(der: der), isPSS: false, hash)
        case .pss(let hash): self = .rsa(try RSAPrivateKey(der: der), isPSS: true, hash)
        case .ecdsa(let curve, let hash): self = .ec(try ECPrivateKey(der: der).on(curve), hash)
        case .edDSA(let curve): self = .edwards(try EdwardsPrivateKey(der: der).on(curve))
        }
    }

    var publicMaterial: PublicJWK.Material {
        switch self {
        case .rsa(let key, _, _): .rsa(modulus: key.publicModulus, exponent: key.publicExponent)
        case .ec(let key, _): .ec(key.publicKey.curve, x: key.publicKey.x, y: key.publicKey.y)
        case .edwards(let key): .edwards(key.publicKey.curve, key.publicKey.bytes)
        }
    }

    func sign(_ message: [UInt8]) throws(CryptoError) -> [UInt8] {
        switch self {
        case .rsa(let key, isPSS: false, let hash): try key.signPKCS1(message, hash: hash)
        case .rsa(let key, isPSS: true, let hash): try key.signPSS(message, hash: hash)
        case .ec(let key, let hash): try key.sign(message, hash: hash)
        case .edwards(let key): try key.sign(message)
        }
    }

    func pem() throws(CryptoError) -> [UInt8] {
        switch self {
        case .rsa(let key, _, _): try key.pem()
        case .ec(let key, _): try key.pem()
        case .edwards(let key): try key.pem()
        }
    }
}

extension ECPrivateKey {
    /// The key itself, which must be on `curve`.
    fileprivate func on(_ curve: EllipticCurve) throws(CryptoError) -> ECPrivateKey {
        guard publicKey.curve == curve else { throw .unexpectedKeyType }
        return self
    }
}

extension EdwardsPrivateKey {
    /// The key itself, which must be on `curve` if there is one.
    fileprivate func on(_ curve: EdwardsCurve?) throws(CryptoError) -> EdwardsPrivateKey {
        guard curve == nil || publicKey.curve == curve else { throw .unexpectedKeyType }
        return self
    }
}
