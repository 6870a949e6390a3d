import CLibcrypto

/// A private key on a prime curve that makes ECDSA signatures. Its octets leave it only through `pem()` and `der()`.
package final class ECPrivateKey: Sendable {
    /// The key that verifies this one's signatures.
    package let publicKey: ECPublicKey
    private let key: EVPKey

    /// A new key on `curve`.
    package static func generate(_ curve: EllipticCurve) throws(CryptoError) -> ECPrivateKey {
        try unsafe ECPrivateKey(EVPKey(owning: clibcrypto_generate_ec(curve.name), from: "EVP_PKEY_Q_keygen"))
    }

    /// Reads an unencrypted key from PEM text (PKCS #8 or SEC 1).
    package convenience init(pem: [UInt8]) throws(CryptoError) { try self.init(EVPKey.privateKey(pem: pem)) }

    /// Reads an unencrypted key from DER octets (PKCS #8 or SEC 1).
    package convenience init(der: [UInt8]) throws(CryptoError) { try self.init(EVPKey.privateKey(der: der)) }

    // A trial signature proves that the private number belongs to the public point.
    private init(_ key: EVPKey) throws(CryptoError) {
        let group = key.groupName
        guard key.isA("EC"), let curve = EllipticCurve.allCases.first(where: { $0.libcryptoName == group }) else {
            throw .unexpectedKeyType
        }
        self.key = key
        let x = try key.number("qx", width: curve.coordinateCount)
        let y = try key.number("qy", width: curve.coordinateCount)
        publicKey = try ECPublicKey(curve: curve, x: x, y: y)
        let message: [UInt8] = []
        let trial = try sign(message, hash: .bits256)
        guard publicKey.verify(signature: trial.span, of: message.span, hash: .bits256) else {
            throw .mismatchedKeyPair
        }
    }

    /// The ECDSA signature over `message`: r and s, each as long as a coordinate (IEEE P1363).
    package func sign(_ message: [UInt8], hash: SHA2.Size) throws(CryptoError) -> [UInt8] {
        try ECDSASignature.fixedWidth(der: key.sign(message, scheme: .ecdsa(hash)), curve: publicKey.curve)
    }

    /// The key as unencrypted PKCS #8 PEM text.
    package func pem() throws(CryptoError) -> [UInt8] { try key.privateKeyPEM() }

    /// The key as unencrypted PKCS #8 DER octets.
    package func der() throws(CryptoError) -> [UInt8] { try key.privateKeyDER() }
}
