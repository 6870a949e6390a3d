import CLibcrypto

/// Why a cryptographic operation failed. No case contains key, message or signature octets.
package enum CryptoError: Error, Hashable, Sendable {
    /// The RSA modulus has this many bits, outside the accepted sizes.
    case modulusSize(bits: Int)
    /// The RSA modulus is even.
    case evenModulus
    /// The RSA modulus has the fingerprint of the ROCA generator (CVE-2017-15361): it can be factored.
    case guessableModulus
    /// The RSA public exponent is even, below 3, or 2^33 and above.
    case publicExponent
    /// The octets are not a point of the curve.
    case invalidPoint
    /// The Edwards public key has an order of at most 8: anyone could sign for it.
    case smallOrderPoint
    /// Key, nonce or message have a length that the algorithm does not accept.
    case length(of: Input, expected: Int, actual: Int)
    /// HKDF was called for this many octets: fewer than one or more than 255 blocks.
    case outputLength(Int)
    /// A keyed hash was given an empty key.
    case emptyKey
    /// Ciphertext, tag or associated data were changed, or the key is another one.
    case notAuthentic
    /// The text or the octets are not an unencrypted private key.
    case malformedPrivateKey
    /// The octets are not a public key, or something follows it.
    case malformedPublicKey
    /// The octets are a private key instead of a public one.
    case privateKey
    /// The octets are an encrypted private key.
    case encryptedPrivateKey
    /// The key belongs to another algorithm or curve.
    case unexpectedKeyType
    /// The private key does not belong to the public key stored with it.
    case mismatchedKeyPair
    /// libcrypto refused `call` for a reason of its own; `code` is its packed error code.
    case libcrypto(call: String, code: UInt)

    /// What had the wrong length.
    package enum Input: Hashable, Sendable { case key, nonce, sealedText, message, coordinate }
}

/// Turns libcrypto's return values into errors and keeps its per-thread error queue empty.
enum Libcrypto {
    static func check(_ result: Int32, call: String) throws(CryptoError) {
        guard result == 1 else { throw failure(call) }
    }

    static func owned(_ pointer: OpaquePointer?, call: String) throws(CryptoError) -> OpaquePointer {
        guard let pointer = unsafe pointer else { throw failure(call) }
        return unsafe pointer
    }

    static func failure(_ call: String) -> CryptoError {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        return .libcrypto(call: call, code: UInt(code))
    }

    /// Whether `result` says success; the errors that libcrypto queued are dropped.
    static func succeeded(_ result: Int32) -> Bool {
        if result == 1 { return true }
        ERR_clear_error()
        return false
    }
}
