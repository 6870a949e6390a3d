import CLibcrypto
import Concurrency

/// Authenticated encryption: AES-256 in Galois/Counter Mode (NIST SP 800-38D).
package enum AEAD {
    /// The length of a key in octets.
    package static let keyCount = 32
    /// The length of a nonce in octets. A nonce must never be used twice with one key.
    package static let nonceCount = 12
    /// The length of the authentication tag in octets, at the end of the sealed text.
    package static let tagCount = 16

    /// The ciphertext of `plaintext` followed by the tag over it and `associated`.
    package static func seal(
        _ plaintext: [UInt8], key: [UInt8], nonce: [UInt8], authenticating associated: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        try checkLengths(key: key, nonce: nonce, count: plaintext.count, associated: associated)
        return try CipherContext.use { (context) throws(CryptoError) in
            try context.begin(.seal, key: key, nonce: nonce)
            try context.authenticate(associated)
            var sealed = [UInt8](repeating: 0, count: plaintext.count + tagCount)
            try context.process(plaintext, count: plaintext.count, into: &sealed)
            try Libcrypto.check(context.finish(), call: "EVP_CipherFinal_ex")
            try context.writeTag(to: &sealed, at: plaintext.count)
            return sealed
        }
    }

    /// The plaintext of `sealed`; throws `notAuthentic` unless it was sealed with this key, nonce and `associated`.
    package static func open(
        _ sealed: [UInt8], key: [UInt8], nonce: [UInt8], authenticating associated: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        guard sealed.count >= tagCount else {
            throw .length(of: .sealedText, expected: tagCount, actual: sealed.count)
        }
        let count = sealed.count - tagCount
        try checkLengths(key: key, nonce: nonce, count: count, associated: associated)
        return try CipherContext.use { (context) throws(CryptoError) in
            try context.begin(.open, key: key, nonce: nonce)
            try context.expect(tag: Array(sealed.suffix(tagCount)))
            try context.authenticate(associated)
            var plaintext = [UInt8](repeating: 0, count: count)
            try context.process(sealed, count: count, into: &plaintext)
            guard Libcrypto.succeeded(context.finish()) else { throw .notAuthentic }
            return plaintext
        }
    }

    // libcrypto counts in Int32.
    private static func checkLengths(
        key: [UInt8], nonce: [UInt8], count: Int, associated: [UInt8]
    ) throws(CryptoError) {
        guard key.count == keyCount else { throw .length(of: .key, expected: keyCount, actual: key.count) }
        guard nonce.count == nonceCount else { throw .length(of: .nonce, expected: nonceCount, actual: nonce.count) }
        let longest = max(count, associated.count)
        let limit = Int(Int32.max) - tagCount
        guard longest <= limit else { throw .length(of: .message, expected: limit, actual: longest) }
    }
}

/// A context of libcrypto, kept from one sealing or opening to the next.
// Sendable: used by one caller at a time, ContextPool hands it over under its lock.
@safe private final class CipherContext: @unchecked Sendable {
    enum Direction: Int32 { case open = 0, seal = 1 }

    private static let kept = ContextPool<CipherContext>()
    private static let noKey = [UInt8](repeating: 0, count: AEAD.keyCount)

    private let pointer: OpaquePointer

    private init() throws(CryptoError) {
        unsafe pointer = try Libcrypto.owned(EVP_CIPHER_CTX_new(), call: "EVP_CIPHER_CTX_new")
        let cipher = try Cipher.aes256GCM.value { () throws(CryptoError) in try Cipher("AES-256-GCM") }
        let begun = unsafe EVP_CipherInit_ex2(pointer, cipher.pointer, nil, nil, Direction.seal.rawValue, nil)
        try Libcrypto.check(begun, call: "EVP_CipherInit_ex2")
    }

    deinit { unsafe EVP_CIPHER_CTX_free(pointer) }

    /// Works with a context that no other caller has. No key stays in a kept context: a failure frees it, which wipes it
    /// too.
    static func use(
        _ work: (CipherContext) throws(CryptoError) -> [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        let context = try kept.take(where: { _ in true }) { () throws(CryptoError) in try CipherContext() }
        let result = try work(context)
        if context.forgetKey() { kept.giveBack(context) }
        return result
    }

    private func forgetKey() -> Bool {
        Libcrypto.succeeded(
            unsafe EVP_CipherInit_ex2(pointer, nil, Self.noKey, nil, Direction.seal.rawValue, nil))
    }

    func begin(_ direction: Direction, key: [UInt8], nonce: [UInt8]) throws(CryptoError) {
        let begun = unsafe EVP_CipherInit_ex2(pointer, nil, key, nonce, direction.rawValue, nil)
        try Libcrypto.check(begun, call: "EVP_CipherInit_ex2")
    }

    func authenticate(_ associated: [UInt8]) throws(CryptoError) {
        guard !associated.isEmpty else { return }
        var count: Int32 = 0
        let done = unsafe EVP_CipherUpdate(pointer, nil, &count, associated, Int32(associated.count))
        try Libcrypto.check(done, call: "EVP_CipherUpdate")
    }

    /// Writes what the first `count` octets of `input` become to the beginning of `output`.
    func process(_ input: [UInt8], count: Int, into output: inout [UInt8]) throws(CryptoError) {
        guard count > 0 else { return }
        precondition(count <= input.count && count <= output.count)
        var written: Int32 = 0
        let done = unsafe EVP_CipherUpdate(pointer, &output, &written, input, Int32(count))
        try Libcrypto.check(done, call: "EVP_CipherUpdate")
        guard Int(written) == count else { throw Libcrypto.failure("EVP_CipherUpdate") }
    }

    // GCM has no padding: nothing is left to write here.
    func finish() -> Int32 {
        var rest = [UInt8](repeating: 0, count: AEAD.tagCount)
        var count: Int32 = 0
        return unsafe EVP_CipherFinal_ex(pointer, &rest, &count)
    }

    func writeTag(to output: inout [UInt8], at offset: Int) throws(CryptoError) {
        precondition(offset >= 0 && output.count - offset >= AEAD.tagCount)
        let got = unsafe output.withUnsafeMutableBytes {
            unsafe EVP_CIPHER_CTX_ctrl(
                pointer, CLIBCRYPTO_AEAD_GET_TAG, Int32(AEAD.tagCount), $0.baseAddress?.advanced(by: offset))
        }
        try Libcrypto.check(got, call: "EVP_CTRL_AEAD_GET_TAG")
    }

    func expect(tag: [UInt8]) throws(CryptoError) {
        var tag = tag
        let set = unsafe EVP_CIPHER_CTX_ctrl(pointer, CLIBCRYPTO_AEAD_SET_TAG, Int32(tag.count), &tag)
        try Libcrypto.check(set, call: "EVP_CTRL_AEAD_SET_TAG")
    }
}

// Sendable: the object is immutable and its reference count atomic.
@safe private final class Cipher: @unchecked Sendable {
    static let aes256GCM = MadeOnce<Cipher>()
    let pointer: OpaquePointer

    init(_ name: String) throws(CryptoError) {
        unsafe pointer = try Libcrypto.owned(EVP_CIPHER_fetch(nil, name, nil), call: "EVP_CIPHER_fetch")
    }

    deinit { unsafe EVP_CIPHER_free(pointer) }
}
