import CLibcrypto

/// An RSA private key that signs. Its octets leave it only through `pem()` and `der()`.
package final class RSAPrivateKey: Sendable {
    /// The key that verifies this one's signatures.
    package let publicKey: RSAPublicKey
    private let key: EVPKey

    /// A new key of `bits` bits (2,048…16,384) with the exponent 65537. Takes a tenth of a second and more.
    package static func generate(bits: Int = 2048) throws(CryptoError) -> RSAPrivateKey {
        guard RSAPublicKey.possibleSizes.contains(bits) else { throw .modulusSize(bits: bits) }
        return try unsafe RSAPrivateKey(EVPKey(owning: clibcrypto_generate_rsa(bits), from: "EVP_PKEY_Q_keygen"))
    }

    /// Reads an unencrypted key from PEM text (PKCS #8 or PKCS #1).
    package convenience init(pem: [UInt8]) throws(CryptoError) { try self.init(EVPKey.privateKey(pem: pem)) }

    /// Reads an unencrypted key from DER octets (PKCS #8 or PKCS #1).
    package convenience init(der: [UInt8]) throws(CryptoError) { try self.init(EVPKey.privateKey(der: der)) }

    // A trial signature proves that the private numbers belong to the public ones.
    private init(_ key: EVPKey) throws(CryptoError) {
        guard key.isA("RSA") else { throw .unexpectedKeyType }
        self.key = key
        publicKey = try RSAPublicKey(
            modulus: key.number("n"), exponent: key.number("e"), sizes: RSAPublicKey.possibleSizes)
        let message: [UInt8] = []
        let trial = try signPKCS1(message, hash: .bits256)
        guard publicKey.verifyPKCS1(signature: trial.span, of: message.span, hash: .bits256) else {
            throw .mismatchedKeyPair
        }
    }

    /// The modulus, big-endian without leading zeros.
    package var publicModulus: [UInt8] { publicKey.modulus }

    /// The public exponent, big-endian without leading zeros.
    package var publicExponent: [UInt8] { publicKey.exponent }

    /// The RSASSA-PKCS1-v1_5 signature over `message`.
    package func signPKCS1(_ message: [UInt8], hash: SHA2.Size) throws(CryptoError) -> [UInt8] {
        try key.sign(message, scheme: .pkcs1(hash))
    }

    /// The RSASSA-PSS signature over `message`, with MGF1 over the same hash and a salt as long as the digest.
    package func signPSS(_ message: [UInt8], hash: SHA2.Size) throws(CryptoError) -> [UInt8] {
        try key.sign(message, scheme: .pss(hash))
    }

    /// The key as unencrypted PKCS #8 PEM text.
    package func pem() throws(CryptoError) -> [UInt8] { try key.privateKeyPEM() }

    /// The key as unencrypted PKCS #8 DER octets.
    package func der() throws(CryptoError) -> [UInt8] { try key.privateKeyDER() }
}
