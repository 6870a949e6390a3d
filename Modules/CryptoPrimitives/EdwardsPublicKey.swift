import CLibcrypto

/// An Edwards-curve public key that verifies EdDSA signatures, for any number of callers at once.
package final class EdwardsPublicKey: Sendable {
    package let curve: EdwardsCurve
    /// The encoded point (RFC 8032 §5.1.2, §5.2.2).
    package let bytes: [UInt8]
    private let key: EVPKey

    /// A key from its encoded point, exactly `curve.keyCount` octets.
    ///
    /// Throws for another length, for coordinates that are not reduced and for points of small order.
    package init(curve: EdwardsCurve, bytes: [UInt8]) throws(CryptoError) {
        try curve.check(bytes)
        self.curve = curve
        self.bytes = bytes
        let made = unsafe EVP_PKEY_new_raw_public_key_ex(nil, curve.name, nil, bytes, bytes.count)
        key = try unsafe EVPKey(owning: made, from: "EVP_PKEY_new_raw_public_key_ex")
    }

    /// Whether `signature` is this key's pure EdDSA signature over `message`.
    ///
    /// False also when libcrypto cannot verify, for want of memory.
    package func verify(signature: Span<UInt8>, of message: Span<UInt8>) -> Bool {
        guard signature.count == curve.signatureCount, let context = try? EdwardsVerification(key) else { return false }
        return context.accepts(signature, over: message)
    }
}

/// One verification.
@safe private final class EdwardsVerification {
    private let pointer: OpaquePointer

    init(_ key: EVPKey) throws(CryptoError) {
        unsafe pointer = try Libcrypto.owned(EVP_MD_CTX_new(), call: "EVP_MD_CTX_new")
        let begun = unsafe EVP_DigestVerifyInit_ex(pointer, nil, nil, nil, nil, key.pointer, nil)
        try Libcrypto.check(begun, call: "EVP_DigestVerifyInit_ex")
    }

    deinit { unsafe EVP_MD_CTX_free(pointer) }

    func accepts(_ signature: Span<UInt8>, over message: Span<UInt8>) -> Bool {
        let verified = unsafe signature.withUnsafeBufferPointer { signature in
            unsafe message.withUnsafeBufferPointer {
                unsafe EVP_DigestVerify(pointer, signature.baseAddress, signature.count, $0.baseAddress, $0.count)
            }
        }
        return Libcrypto.succeeded(verified)
    }
}
