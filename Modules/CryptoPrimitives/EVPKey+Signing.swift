import CLibcrypto

extension EVPKey {
    /// Signs `message`; without a scheme by the key's own one (EdDSA).
    func sign(_ message: [UInt8], scheme: SignatureScheme?) throws(CryptoError) -> [UInt8] {
        let context = try SigningContext(self, scheme: scheme)
        return try context.sign(message)
    }
}

/// One signature.
@safe private final class SigningContext {
    private let pointer: OpaquePointer

    init(_ key: EVPKey, scheme: SignatureScheme?) throws(CryptoError) {
        unsafe pointer = try Libcrypto.owned(EVP_MD_CTX_new(), call: "EVP_MD_CTX_new")
        var inner: OpaquePointer?  // belongs to `pointer`
        let begun = unsafe EVP_DigestSignInit_ex(pointer, &inner, scheme?.size.name, nil, nil, key.pointer, nil)
        try Libcrypto.check(begun, call: "EVP_DigestSignInit_ex")
        if let scheme, let inner = unsafe inner {
            try unsafe scheme.configure(inner, digest: Digest.fetched(scheme.size))
        }
    }

    deinit { unsafe EVP_MD_CTX_free(pointer) }

    func sign(_ message: [UInt8]) throws(CryptoError) -> [UInt8] {
        var count = 0
        try Libcrypto.check(unsafe EVP_DigestSign(pointer, nil, &count, message, message.count), call: "EVP_DigestSign")
        var signature = [UInt8](repeating: 0, count: count)
        let signed = unsafe EVP_DigestSign(pointer, &signature, &count, message, message.count)
        try Libcrypto.check(signed, call: "EVP_DigestSign")
        return Array(signature.prefix(count))
    }
}
