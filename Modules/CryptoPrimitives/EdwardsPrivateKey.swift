import CLibcrypto

/// An Edwards-curve private key that makes EdDSA signatures. Its octets leave it only through `pem()` and `der()`.
package final class EdwardsPrivateKey: Sendable {
    /// The key that verifies this one's signatures.
    package let publicKey: EdwardsPublicKey
    private let key: EVPKey

    /// A new key on `curve`.
    package static func generate(_ curve: EdwardsCurve) throws(CryptoError) -> EdwardsPrivateKey {
        try unsafe EdwardsPrivateKey(EVPKey(owning: clibcrypto_generate(curve.name), from: "EVP_PKEY_Q_keygen"))
    }

    /// Reads an unencrypted key from PEM text (PKCS #8).
    package convenience init(pem: [UInt8]) throws(CryptoError) { try self.init(EVPKey.privateKey(pem: pem)) }

    /// Reads an unencrypted key from DER octets (PKCS #8).
    package convenience init(der: [UInt8]) throws(CryptoError) { try self.init(EVPKey.privateKey(der: der)) }

    // Only the seed is stored; libcrypto computes the public key from it, so the two always belong together.
    private init(_ key: EVPKey) throws(CryptoError) {
        guard let curve = EdwardsCurve.allCases.first(where: { key.isA($0.name) }) else { throw .unexpectedKeyType }
        self.key = key
        publicKey = try EdwardsPublicKey(curve: curve, bytes: key.rawPublicKey(count: curve.keyCount))
    }

    /// The pure EdDSA signature over `message`.
    package func sign(_ message: [UInt8]) throws(CryptoError) -> [UInt8] { try key.sign(message, scheme: nil) }

    /// The key as unencrypted PKCS #8 PEM text.
    package func pem() throws(CryptoError) -> [UInt8] { try key.privateKeyPEM() }

    /// The key as unencrypted PKCS #8 DER octets.
    package func der() throws(CryptoError) -> [UInt8] { try key.privateKeyDER() }
}
