import Concurrency
import CryptoPrimitives
import OAuthTypes

/// A key of a set, prepared at its first use. What libcrypto keeps for it lives as long as the key.
package final class VerificationKey: Sendable {
    package let jwk: PublicJWK
    private let policy: JWKPolicy
    private let made = Lock<Made?>(nil)

    private enum Made: Sendable {
        case ready(ReadyKey)
        case unusable
    }

    init(_ jwk: PublicJWK, policy: JWKPolicy) {
        self.jwk = jwk
        self.policy = policy
    }

    /// Whether it has this name; any key may have signed a token without a name.
    func isNamed(_ keyID: KeyID?) -> Bool {
        keyID == nil || keyID == jwk.keyID
    }

    /// Whether it may be used with `algorithm`.
    func suits(_ algorithm: SignatureAlgorithm) -> Bool {
        guard jwk.fits(algorithm.method) else { return false }
        guard let own = jwk.algorithm, own != algorithm.name else { return true }
        // RFC 9864 §2.2: EdDSA and the name of the key's own curve are one algorithm.
        guard algorithm.isEdDSA, let own = SignatureAlgorithm(own), own.isEdDSA else { return false }
        return jwk.fits(own.method)
    }

    /// The key as libcrypto needs it; nil if its numbers are refused, or if there is no memory for it now.
    func ready() -> ReadyKey? {
        let made = made.withLock { made in
            let now = made ?? make()
            made = now
            return now
        }
        guard case .ready(let key) = made else { return nil }
        return key
    }

    /// Whether its numbers are invalid.
    var isUnusable: Bool {
        made.withLock {
            if case .unusable = $0 { true } else { false }
        }
    }

    /// Nil when libcrypto failed, which says nothing about the key: the next use tries again.
    private func make() -> Made? {
        do { return .ready(try ReadyKey(jwk.material, policy: policy)) } catch .libcrypto { return nil } catch {
            return .unusable
        }
    }
}

/// A public key whose numbers are valid.
enum ReadyKey: Sendable {
    case rsa(RSAPublicKey)
    case ec(ECPublicKey)
    case edwards(EdwardsPublicKey)

    init(_ material: PublicJWK.Material, policy: JWKPolicy) throws(CryptoError) {
        switch material {
        case .rsa(let modulus, let exponent):
            let engine = policy.engine.rsaEngine
            self = .rsa(try RSAPublicKey(modulus: modulus, exponent: exponent, sizes: policy.rsaBits, engine: engine))
        case .ec(let curve, let x, let y): self = .ec(try ECPublicKey(curve: curve, x: x, y: y))
        case .edwards(let curve, let octets): self = .edwards(try EdwardsPublicKey(curve: curve, bytes: octets))
        }
    }

    func verifies(
        _ signature: Span<UInt8>, over input: Span<UInt8>, by method: SignatureAlgorithm.Method
    ) -> Bool {
        switch (self, method) {
        case (.rsa(let key), .pkcs1(let hash)): key.verifyPKCS1(signature: signature, of: input, hash: hash)
        case (.rsa(let key), .pss(let hash)): key.verifyPSS(signature: signature, of: input, hash: hash)
        case (.ec(let key), .ecdsa(_, let hash)): key.verify(signature: signature, of: input, hash: hash)
        case (.edwards(let key), .edDSA): key.verify(signature: signature, of: input)
        default: false
        }
    }
}
