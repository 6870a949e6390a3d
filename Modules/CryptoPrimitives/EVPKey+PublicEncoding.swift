import CLibcrypto

/// Public keys as octets. Each reader takes all of its input or refuses it.
extension EVPKey {
    static func publicKey(subjectPublicKeyInfo der: [UInt8]) throws(CryptoError) -> EVPKey {
        var key: OpaquePointer?
        let result = unsafe clibcrypto_read_public_key(der, der.count, &key)
        return try unsafe read(result, key: key)
    }

    static func publicKey(certificate der: [UInt8]) throws(CryptoError) -> EVPKey {
        var key: OpaquePointer?
        let result = unsafe clibcrypto_read_certificate_key(der, der.count, &key)
        return try unsafe read(result, key: key)
    }

    static func publicKey(pkcs1 der: [UInt8]) throws(CryptoError) -> EVPKey {
        var key: OpaquePointer?
        let result = unsafe clibcrypto_read_pkcs1_public_key(der, der.count, &key)
        return try unsafe read(result, key: key)
    }

    /// Whether the octets are an `EncryptedPrivateKeyInfo` (RFC 5958 §3).
    static func isEncryptedPrivateKey(_ der: [UInt8]) -> Bool {
        Libcrypto.succeeded(unsafe clibcrypto_is_encrypted_private_key(der, der.count))
    }

    private static func read(_ result: Int32, key: OpaquePointer?) throws(CryptoError) -> EVPKey {
        defer { ERR_clear_error() }
        switch result {
        case CLIBCRYPTO_KEY_READ: return try unsafe EVPKey(owning: key, from: "d2i_PUBKEY")
        case CLIBCRYPTO_KEY_UNSUPPORTED: throw .unexpectedKeyType
        case CLIBCRYPTO_KEY_BAD_POINT: throw .invalidPoint
        default: throw .malformedPublicKey
        }
    }
}
