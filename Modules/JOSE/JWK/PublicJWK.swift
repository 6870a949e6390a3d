import CryptoPrimitives
package import OAuthTypes

/// A public key as a set publishes it (RFC 7517 §4): read strictly, its numbers not checked yet.
package struct PublicJWK: Hashable, Sendable {
    enum Material: Hashable, Sendable {
        case rsa(modulus: [UInt8], exponent: [UInt8])
        case ec(EllipticCurve, x: [UInt8], y: [UInt8])
        case edwards(EdwardsCurve, [UInt8])
    }

    package let keyID: KeyID?
    /// The only algorithm it may be used with; nil for any that fits.
    let algorithm: JWSAlgorithm?
    let material: Material
    /// The only issuer whose tokens it signs, or a template of it; nil if the key names none. It counts where a provider
    /// has an issuer per tenant.
    let issuer: String?

    init(keyID: KeyID?, algorithm: JWSAlgorithm?, material: Material) {
        issuer = nil
        self.keyID = keyID
        self.algorithm = algorithm
        self.material = material
    }

    /// Whether the key has the type that the algorithm needs.
    func fits(_ method: SignatureAlgorithm.Method) -> Bool {
        switch (method, material) {
        case (.pkcs1, .rsa), (.pss, .rsa): true
        case (.edDSA(let wanted), .edwards(let curve, _)): wanted == nil || wanted == curve
        case (.ecdsa(let wanted, _), .ec(let curve, _, _)): wanted == curve
        default: false
        }
    }
}
