import CLibcrypto
import Concurrency

/// Keyed hashing (RFC 2104) with SHA-2.
package enum HMAC {
    /// The authenticator of `message` under `key`, as long as the digest. An empty key is refused.
    package static func authenticate(
        key: [UInt8], message: [UInt8], hash size: SHA2.Size = .bits256
    ) throws(CryptoError) -> [UInt8] {
        try authenticate(key: key, message: message.span, hash: size)
    }

    /// The authenticator of `message` under `key`, as long as the digest. An empty key is refused.
    package static func authenticate(
        key: [UInt8], message: Span<UInt8>, hash size: SHA2.Size = .bits256
    ) throws(CryptoError) -> [UInt8] {
        guard !key.isEmpty else { throw .emptyKey }
        return try MACContext.use(size) { (context) throws(CryptoError) in
            try context.authenticate(key: key, message: message)
        }
    }

    /// The authenticator with SHA-256, also when libcrypto has no memory; the one error is that of an empty key.
    ///
    /// Names and keys of sessions are derived with it, and a request must not stop the program.
    package static func sha256(key: [UInt8], message: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard !key.isEmpty else { throw .emptyKey }
        if let code = try? authenticate(key: key, message: message, hash: .bits256) { return code }
        // RFC 2104 §2; a block of SHA-256 has 64 octets.
        let short = key.count > 64 ? SHA2.sha256(key) : key
        let block = short + [UInt8](repeating: 0, count: 64 - short.count)
        let inner = SHA2.sha256(block.map { $0 ^ 0x36 } + message)
        return SHA2.sha256(block.map { $0 ^ 0x5c } + inner)
    }

    /// Whether `code` authenticates `message` under `key`, compared in constant time. Cut authenticators are refused.
    package static func verify(
        _ code: [UInt8], key: [UInt8], message: [UInt8], hash size: SHA2.Size = .bits256
    ) -> Bool {
        guard let expected = try? authenticate(key: key, message: message, hash: size) else { return false }
        return ConstantTime.equal(code, expected)
    }

    /// Whether `code` authenticates `message` under `key`, compared in constant time. Cut authenticators are refused.
    package static func verify(
        _ code: Span<UInt8>, key: [UInt8], message: Span<UInt8>, hash size: SHA2.Size = .bits256
    ) -> Bool {
        guard let expected = try? authenticate(key: key, message: message, hash: size) else { return false }
        return ConstantTime.equal(code, expected.span)
    }
}

/// A context of libcrypto for one hash, kept from one computation to the next.
// Sendable: used by one caller at a time, ContextPool hands it over under its lock.
@safe private final class MACContext: @unchecked Sendable {
    private static let kept = ContextPool<MACContext>()
    private static let noKey = [UInt8](repeating: 0, count: 32)

    private let size: SHA2.Size
    private let pointer: OpaquePointer

    private init(_ size: SHA2.Size) throws(CryptoError) {
        self.size = size
        let algorithm = try FetchedMAC.hmac.value { () throws(CryptoError) in try FetchedMAC("HMAC") }
        unsafe pointer = try Libcrypto.owned(EVP_MAC_CTX_new(algorithm.pointer), call: "EVP_MAC_CTX_new")
        let begun = unsafe clibcrypto_hmac_init(pointer, size.name, Self.noKey, Self.noKey.count)
        try Libcrypto.check(begun, call: "EVP_MAC_init")
    }

    deinit { unsafe EVP_MAC_CTX_free(pointer) }

    /// Works with a context that no other caller has. No key stays in a kept context: a failure frees it, which wipes it
    /// too.
    static func use(
        _ size: SHA2.Size, for work: (MACContext) throws(CryptoError) -> [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        let context = try kept.take(where: { $0.size == size }) { () throws(CryptoError) in try MACContext(size) }
        let result = try work(context)
        if Libcrypto.succeeded(context.begin(Self.noKey)) { kept.giveBack(context) }
        return result
    }

    private func begin(_ key: [UInt8]) -> Int32 { unsafe EVP_MAC_init(pointer, key, key.count, nil) }

    func authenticate(key: [UInt8], message: Span<UInt8>) throws(CryptoError) -> [UInt8] {
        try Libcrypto.check(begin(key), call: "EVP_MAC_init")
        let updated = unsafe message.withUnsafeBufferPointer {
            unsafe EVP_MAC_update(pointer, $0.baseAddress, $0.count)
        }
        try Libcrypto.check(updated, call: "EVP_MAC_update")
        var code = [UInt8](repeating: 0, count: size.byteCount)
        var count = 0
        try Libcrypto.check(unsafe EVP_MAC_final(pointer, &code, &count, code.count), call: "EVP_MAC_final")
        guard count == code.count else { throw Libcrypto.failure("EVP_MAC_final") }
        return code
    }
}

// Sendable: the object is immutable and its reference count atomic.
@safe private final class FetchedMAC: @unchecked Sendable {
    static let hmac = MadeOnce<FetchedMAC>()
    let pointer: OpaquePointer

    init(_ name: String) throws(CryptoError) {
        unsafe pointer = try Libcrypto.owned(EVP_MAC_fetch(nil, name, nil), call: "EVP_MAC_fetch")
    }

    deinit { unsafe EVP_MAC_free(pointer) }
}
