import CLibcrypto
import Concurrency

/// The SHA-2 hash functions (FIPS 180-4).
package enum SHA2 {
    /// Which member of the family.
    package enum Size: Hashable, Sendable, CaseIterable {
        case bits256, bits384, bits512

        /// The length of a digest in octets.
        package var byteCount: Int {
            switch self {
            case .bits256: 32
            case .bits384: 48
            case .bits512: 64
            }
        }

        var name: String {
            switch self {
            case .bits256: "SHA256"
            case .bits384: "SHA384"
            case .bits512: "SHA512"
            }
        }
    }

    private static let contexts = ContextPool<DigestContext>()

    /// The digest of `message`.
    package static func hash(_ message: Span<UInt8>, size: Size) throws(CryptoError) -> [UInt8] {
        let context = try contexts.take(where: { $0.size == size }) { () throws(CryptoError) in try DigestContext(size)
        }
        var digest = [UInt8](repeating: 0, count: size.byteCount)
        try context.hash(message, into: &digest, at: 0)
        contexts.giveBack(context)
        return digest
    }

    /// The digest of `bytes`.
    package static func hash(_ bytes: [UInt8], size: Size) throws(CryptoError) -> [UInt8] {
        try hash(bytes.span, size: size)
    }

    /// The SHA-256 digest of `bytes`, also when libcrypto has no memory: names of sessions and of logins are digests,
    /// and a request must not stop the program.
    ///
    /// Only a libcrypto that has SHA-256 neither from a provider nor of its own stops it, at the first use.
    package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        if let digest = try? hash(bytes, size: .bits256) { return digest }
        var digest = [UInt8](repeating: 0, count: Size.bits256.byteCount)
        guard unsafe clibcrypto_sha256_in_place(bytes, bytes.count, &digest) == 1 else {
            // No input leads here, only a libcrypto that was built without the functions this one stands on.
            preconditionFailure("libcrypto has no SHA-256")
        }
        return digest
    }
}

/// A hash function fetched once: fetching by name for every message takes a global lock.
// Sendable: the object is immutable and its reference count atomic.
@safe final class Digest: @unchecked Sendable {
    let pointer: OpaquePointer

    private static let sha256 = MadeOnce<Digest>()
    private static let sha384 = MadeOnce<Digest>()
    private static let sha512 = MadeOnce<Digest>()

    private init(_ size: SHA2.Size) throws(CryptoError) {
        unsafe pointer = try Libcrypto.owned(EVP_MD_fetch(nil, size.name, nil), call: "EVP_MD_fetch")
    }

    deinit { unsafe EVP_MD_free(pointer) }

    static func fetched(_ size: SHA2.Size) throws(CryptoError) -> Digest {
        switch size {
        case .bits256: try sha256.value { () throws(CryptoError) in try Digest(size) }
        case .bits384: try sha384.value { () throws(CryptoError) in try Digest(size) }
        case .bits512: try sha512.value { () throws(CryptoError) in try Digest(size) }
        }
    }
}

/// A hash context that is set up once and restarted for every message.
// Sendable: used by one caller at a time, ContextPool hands it over under its lock.
@safe final class DigestContext: @unchecked Sendable {
    let size: SHA2.Size
    private let pointer: OpaquePointer

    init(_ size: SHA2.Size) throws(CryptoError) {
        let digest = try Digest.fetched(size)
        self.size = size
        unsafe pointer = try Libcrypto.owned(EVP_MD_CTX_new(), call: "EVP_MD_CTX_new")
        try Libcrypto.check(unsafe EVP_DigestInit_ex2(pointer, digest.pointer, nil), call: "EVP_DigestInit_ex2")
    }

    deinit { unsafe EVP_MD_CTX_free(pointer) }

    /// Writes the digest of `message` to `output`, beginning at `offset`.
    func hash(_ message: Span<UInt8>, into output: inout [UInt8], at offset: Int) throws(CryptoError) {
        precondition(offset >= 0 && output.count - offset >= size.byteCount)
        try Libcrypto.check(unsafe EVP_DigestInit_ex2(pointer, nil, nil), call: "EVP_DigestInit_ex2")
        let updated = unsafe message.withUnsafeBufferPointer {
            unsafe EVP_DigestUpdate(pointer, $0.baseAddress, $0.count)
        }
        try Libcrypto.check(updated, call: "EVP_DigestUpdate")
        let finished = unsafe output.withUnsafeMutableBufferPointer {
            unsafe EVP_DigestFinal_ex(pointer, $0.baseAddress?.advanced(by: offset), nil)
        }
        try Libcrypto.check(finished, call: "EVP_DigestFinal_ex")
    }
}
