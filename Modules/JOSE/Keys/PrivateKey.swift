import CryptoPrimitives
import OAuthTypes

/// A private key together with the one algorithm it signs with.
enum PrivateKey: Sendable {
    case rsa(RSAPrivateKey, isPSS: Bool, SHA2.Size)
    case ec(ECPrivateKey, SHA2.Size)
    case edwards(EdwardsPrivateKey)

    static func generate(_ method: PublicKeyAlgorithm.Method) throws(CryptoError) -> PrivateKey {
        switch method {
        case .pkcs1(let hash): .rsa(try .generate(), isPSS: false, hash)
        case .pss(let hash): .rsa(try .generate(), isPSS: true, hash)
        case .ecdsa(let curve, let hash): .ec(try .generate(curve), hash)
        case .edDSA: .edwards(try .generate(.ed25519))
        }
    }

    init(pem: [UInt8], _ method: PublicKeyAlgorithm.Method) throws(CryptoError) {
        switch method {
        case .pkcs1(let hash): self = .rsa(try RSAPrivateKey(pem: pem), isPSS: false, hash)
        case .pss(let hash): self = .rsa(try RSAPrivateKey(pem: pem), isPSS: true, hash)
        case .ecdsa(let curve, let hash):
            let key = try ECPrivateKey(pem: pem)
            guard key.publicKey.curve == curve else { throw .unexpectedKeyType }
            self = .ec(key, hash)
        case .edDSA: self = .edwards(try EdwardsPrivateKey(pem: pem))
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
