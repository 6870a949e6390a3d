import CLibcrypto

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
        try checkLengths(key: key, nonce: nonce, text: plaintext, associated: associated)
        let context = try CipherContext()
        try context.begin(.seal, key: key, nonce: nonce)
        try context.authenticate(associated)
        var sealed = try context.process(plaintext)
        try Libcrypto.check(context.finish(), "EVP_CipherFinal_ex")
        sealed += try context.tag()
        return sealed
    }

    /// The plaintext of `sealed`; throws `notAuthentic` unless it was sealed with this key, nonce and `associated`.
    package static func open(
        _ sealed: [UInt8], key: [UInt8], nonce: [UInt8], authenticating associated: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        guard sealed.count >= tagCount else {
            throw .length(of: .sealedText, expected: tagCount, actual: sealed.count)
        }
        let ciphertext = Array(sealed.dropLast(tagCount))
        try checkLengths(key: key, nonce: nonce, text: ciphertext, associated: associated)
        let context = try CipherContext()
        try context.begin(.open, key: key, nonce: nonce)
        try context.expect(tag: Array(sealed.suffix(tagCount)))
        try context.authenticate(associated)
        let plaintext = try context.process(ciphertext)
        guard Libcrypto.succeeded(context.finish()) else { throw .notAuthentic }
        return plaintext
    }

    // libcrypto counts in Int32.
    private static func checkLengths(
        key: [UInt8], nonce: [UInt8], text: [UInt8], associated: [UInt8]
    ) throws(CryptoError) {
        guard key.count == keyCount else { throw .length(of: .key, expected: keyCount, actual: key.count) }
        guard nonce.count == nonceCount else { throw .length(of: .nonce, expected: nonceCount, actual: nonce.count) }
        let longest = max(text.count, associated.count)
        let limit = Int(Int32.max) - tagCount
        guard longest <= limit else { throw .length(of: .message, expected: limit, actual: longest) }
    }
}

/// One sealing or opening; freeing it wipes the key schedule.
@safe private final class CipherContext {
    enum Direction: Int32 { case open = 0, seal = 1 }

    private let pointer: OpaquePointer

    init() throws(CryptoError) {
        unsafe pointer = try Libcrypto.owned(EVP_CIPHER_CTX_new(), "EVP_CIPHER_CTX_new")
    }

    deinit { unsafe EVP_CIPHER_CTX_free(pointer) }

    func begin(_ direction: Direction, key: [UInt8], nonce: [UInt8]) throws(CryptoError) {
        let cipher = try Cipher.aes256GCM.value { () throws(CryptoError) in try Cipher("AES-256-GCM") }
        let begun = unsafe EVP_CipherInit_ex2(pointer, cipher.pointer, key, nonce, direction.rawValue, nil)
        try Libcrypto.check(begun, "EVP_CipherInit_ex2")
    }

    func authenticate(_ associated: [UInt8]) throws(CryptoError) {
        guard !associated.isEmpty else { return }
        var count: Int32 = 0
        let done = unsafe EVP_CipherUpdate(pointer, nil, &count, associated, Int32(associated.count))
        try Libcrypto.check(done, "EVP_CipherUpdate")
    }

    func process(_ input: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard !input.isEmpty else { return [] }
        var output = [UInt8](repeating: 0, count: input.count)
        var count: Int32 = 0
        let done = unsafe EVP_CipherUpdate(pointer, &output, &count, input, Int32(input.count))
        try Libcrypto.check(done, "EVP_CipherUpdate")
        guard Int(count) == input.count else { throw Libcrypto.failure("EVP_CipherUpdate") }
        return output
    }

    // GCM ends on any octet: nothing is left to write here, whatever room libcrypto is given.
    func finish() -> Int32 {
        var rest = [UInt8](repeating: 0, count: AEAD.tagCount)
        var count: Int32 = 0
        return unsafe EVP_CipherFinal_ex(pointer, &rest, &count)
    }

    func tag() throws(CryptoError) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: AEAD.tagCount)
        let got = unsafe EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_GET_TAG, Int32(tag.count), &tag)
        try Libcrypto.check(got, "EVP_CTRL_AEAD_GET_TAG")
        return tag
    }

    func expect(tag: [UInt8]) throws(CryptoError) {
        var tag = tag
        let set = unsafe EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag)
        try Libcrypto.check(set, "EVP_CTRL_AEAD_SET_TAG")
    }
}

// Sendable: the object is immutable and its reference count atomic.
@safe private final class Cipher: @unchecked Sendable {
    static let aes256GCM = MadeOnce<Cipher>()
    let pointer: OpaquePointer

    init(_ name: String) throws(CryptoError) {
        unsafe pointer = try Libcrypto.owned(EVP_CIPHER_fetch(nil, name, nil), "EVP_CIPHER_fetch")
    }

    deinit { unsafe EVP_CIPHER_free(pointer) }
}
