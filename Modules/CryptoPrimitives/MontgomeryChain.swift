import CLibcrypto

/// A modulus prepared for products in Montgomery form. Read-only: all contexts of a key share it without a lock.
// Sendable: never changed after init; libcrypto only reads from both objects.
@safe final class MontgomeryModulus: @unchecked Sendable {
    let number: BigNumber
    let byteCount: Int
    let pointer: OpaquePointer

    init(_ modulus: [UInt8]) throws(CryptoError) {
        number = try BigNumber(modulus)
        byteCount = modulus.count
        unsafe pointer = try Libcrypto.owned(BN_MONT_CTX_new(), call: "BN_MONT_CTX_new")
        let scratch = try BigNumberScratch()
        let set = unsafe BN_MONT_CTX_set(pointer, number.pointer, scratch.pointer)
        try Libcrypto.check(set, call: "BN_MONT_CTX_set")
    }

    deinit { unsafe BN_MONT_CTX_free(pointer) }
}

/// RSASSA-PKCS1-v1_5 with the exponent 65537 as 18 Montgomery products, which allocate nothing.
///
/// s is brought into Montgomery form (sR), squared 16 times (s^65536 R), and multiplied by plain s, which gives
/// s^65537 and leaves Montgomery form in the same step. The result is compared with the whole expected encoding
/// (RFC 8017 §8.2.2 step 4), so nothing is ever parsed. Both are compared as numbers: everything here is public, and
/// writing one out octet by octet would take longer than hashing the message.
// Sendable: used by one caller at a time, ContextPool hands it over under its lock.
final class MontgomeryContext: SignatureContext, @unchecked Sendable {
    let scheme: SignatureScheme
    private let modulus: MontgomeryModulus
    private let hashing: DigestContext
    private let scratch: BigNumberScratch
    private let signature: BigNumber
    private let power: BigNumber
    /// The encoding with a digest of zeros, the digest, and their sum.
    private let blank: BigNumber
    private let digestNumber: BigNumber
    private let expected: BigNumber
    private var digest: [UInt8]

    init(_ modulus: MontgomeryModulus, hash size: SHA2.Size) throws(CryptoError) {
        scheme = .pkcs1(size)
        self.modulus = modulus
        hashing = try DigestContext(size)
        scratch = try BigNumberScratch()
        signature = try BigNumber()
        power = try BigNumber()
        blank = try BigNumber(Self.encoding(for: size, count: modulus.byteCount))
        digestNumber = try BigNumber()
        expected = try BigNumber()
        digest = [UInt8](repeating: 0, count: size.byteCount)
    }

    func accepts(_ signature: Span<UInt8>, over message: Span<UInt8>) throws(CryptoError) -> Bool {
        guard signature.count == modulus.byteCount else { return false }
        try read(signature, into: self.signature)
        // RFC 8017 §5.2.2 step 1
        guard unsafe BN_ucmp(self.signature.pointer, modulus.number.pointer) < 0 else { return false }
        try raise()
        try encode(message)
        return unsafe BN_ucmp(power.pointer, expected.pointer) == 0
    }

    private func encode(_ message: Span<UInt8>) throws(CryptoError) {
        // Swapped out: a property would be guarded against other accesses as long as libcrypto writes to it.
        var digest: [UInt8] = []
        swap(&digest, &self.digest)
        defer { swap(&digest, &self.digest) }
        try hashing.hash(message, into: &digest, at: 0)
        try read(digest.span, into: digestNumber)
        let added = unsafe BN_uadd(expected.pointer, blank.pointer, digestNumber.pointer)
        try Libcrypto.check(added, call: "BN_uadd")
    }

    private func read(_ octets: Span<UInt8>, into number: BigNumber) throws(CryptoError) {
        let read = unsafe octets.withUnsafeBufferPointer {
            unsafe BN_bin2bn($0.baseAddress, Int32($0.count), number.pointer)
        }
        guard unsafe read != nil else { throw Libcrypto.failure("BN_bin2bn") }
    }

    private func raise() throws(CryptoError) {
        let entered = unsafe BN_to_montgomery(power.pointer, signature.pointer, modulus.pointer, scratch.pointer)
        try Libcrypto.check(entered, call: "BN_to_montgomery")
        for _ in 0..<16 { try multiply(by: power) }
        try multiply(by: signature)
    }

    private func multiply(by factor: BigNumber) throws(CryptoError) {
        let multiplied = unsafe BN_mod_mul_montgomery(
            power.pointer, power.pointer, factor.pointer, modulus.pointer, scratch.pointer)
        try Libcrypto.check(multiplied, call: "BN_mod_mul_montgomery")
    }

    /// EMSA-PKCS1-v1_5 (RFC 8017 §9.2) with the digest still zero.
    private static func encoding(for size: SHA2.Size, count: Int) -> [UInt8] {
        let digestCount = UInt8(size.byteCount)
        let algorithm: UInt8 =
            switch size {
            case .bits256: 1
            case .bits384: 2
            case .bits512: 3
            }
        let digestInfo: [UInt8] =
            [0x30, 17 + digestCount, 0x30, 13, 0x06, 9, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, algorithm]
            + [0x05, 0x00, 0x04, digestCount] + [UInt8](repeating: 0, count: size.byteCount)
        let padding = [UInt8](repeating: 0xFF, count: count - digestInfo.count - 3)
        return [0x00, 0x01] + padding + [0x00] + digestInfo
    }
}
