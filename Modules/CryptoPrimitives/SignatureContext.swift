import CLibcrypto
import Concurrency

/// What a signature is made of.
enum SignatureScheme: Hashable, Sendable {
    /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2).
    case pkcs1(SHA2.Size)
    /// RSASSA-PSS (RFC 8017 §8.1) with MGF1 over the same hash and a salt as long as the digest (RFC 7518 §3.5).
    case pss(SHA2.Size)
    /// ECDSA, its signature in DER.
    case ecdsa(SHA2.Size)

    var size: SHA2.Size {
        switch self {
        case .pkcs1(let size), .pss(let size), .ecdsa(let size): size
        }
    }

    /// Sets what belongs to the scheme on a context that was initialised for signing or verifying.
    func configure(_ context: OpaquePointer, digest: Digest) throws(CryptoError) {
        switch self {
        case .pkcs1:
            try unsafe setPadding(CLIBCRYPTO_RSA_PKCS1_PADDING, on: context)
        case .pss:
            try unsafe setPadding(CLIBCRYPTO_RSA_PKCS1_PSS_PADDING, on: context)
            try Libcrypto.check(unsafe EVP_PKEY_CTX_set_rsa_mgf1_md(context, digest.pointer), call: "set_rsa_mgf1_md")
            let salted = unsafe EVP_PKEY_CTX_set_rsa_pss_saltlen(context, CLIBCRYPTO_RSA_PSS_SALTLEN_DIGEST)
            try Libcrypto.check(salted, call: "set_rsa_pss_saltlen")
        case .ecdsa:
            break
        }
        try Libcrypto.check(unsafe EVP_PKEY_CTX_set_signature_md(context, digest.pointer), call: "set_signature_md")
    }

    private func setPadding(_ padding: Int32, on context: OpaquePointer) throws(CryptoError) {
        try Libcrypto.check(unsafe EVP_PKEY_CTX_set_rsa_padding(context, padding), call: "set_rsa_padding")
    }
}

/// Everything that one verification at a time under one key needs, set up in advance.
protocol SignatureContext: AnyObject, Sendable {
    var scheme: SignatureScheme { get }

    /// Whether `signature` is the key's over `message`; throws when libcrypto cannot say, and is then not used again.
    func accepts(_ signature: Span<UInt8>, over message: Span<UInt8>) throws(CryptoError) -> Bool
}

/// Verifies with a kept hash context and a kept `EVP_PKEY_CTX`: nothing is fetched or initialised for a message.
// Sendable: used by one caller at a time, ContextPool hands it over under its lock.
@safe final class EVPSignatureContext: SignatureContext, @unchecked Sendable {
    let scheme: SignatureScheme
    private let hashing: DigestContext
    private let context: OpaquePointer
    private var digest: [UInt8]

    init(_ key: EVPKey, scheme: SignatureScheme) throws(CryptoError) {
        self.scheme = scheme
        hashing = try DigestContext(scheme.size)
        digest = [UInt8](repeating: 0, count: scheme.size.byteCount)
        let made = unsafe EVP_PKEY_CTX_new_from_pkey(nil, key.pointer, nil)
        unsafe context = try Libcrypto.owned(made, call: "EVP_PKEY_CTX_new_from_pkey")
        try Libcrypto.check(unsafe EVP_PKEY_verify_init(context), call: "EVP_PKEY_verify_init")
        try unsafe scheme.configure(context, digest: Digest.fetched(scheme.size))
    }

    deinit { unsafe EVP_PKEY_CTX_free(context) }

    func accepts(_ signature: Span<UInt8>, over message: Span<UInt8>) throws(CryptoError) -> Bool {
        // Swapped out: a property would be guarded against other accesses as long as libcrypto writes to it.
        var digest: [UInt8] = []
        swap(&digest, &self.digest)
        defer { swap(&digest, &self.digest) }
        try hashing.hash(message, into: &digest, at: 0)
        return Libcrypto.succeeded(
            unsafe signature.withUnsafeBufferPointer {
                unsafe EVP_PKEY_verify(context, $0.baseAddress, $0.count, digest, digest.count)
            })
    }
}

extension ContextPool where Context == any SignatureContext {
    /// Verifies on a kept context of `scheme`, or on the one that `make` makes.
    borrowing func verify(
        _ signature: Span<UInt8>, over message: Span<UInt8>, scheme: SignatureScheme,
        orMake make: () throws(CryptoError) -> any SignatureContext
    ) -> Bool {
        do {
            let context = try take(where: { $0.scheme == scheme }, orMake: make)
            let accepted = try context.accepts(signature, over: message)
            giveBack(context)
            return accepted
        } catch {
            return false
        }
    }
}
