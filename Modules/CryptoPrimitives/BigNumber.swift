import CLibcrypto

/// Owns a `BIGNUM`.
// Sendable: either never changed after it was made, or part of a context that ContextPool hands to one caller at a time.
@safe final class BigNumber: @unchecked Sendable {
    let pointer: OpaquePointer

    init() throws(CryptoError) {
        unsafe pointer = try Libcrypto.owned(BN_new(), call: "BN_new")
    }

    init(owning number: OpaquePointer?, from call: String) throws(CryptoError) {
        unsafe pointer = try Libcrypto.owned(number, call: call)
    }

    convenience init(_ bytes: [UInt8]) throws(CryptoError) {
        try unsafe self.init(owning: BN_bin2bn(bytes, Int32(bytes.count), nil), from: "BN_bin2bn")
    }

    deinit { unsafe BN_clear_free(pointer) }

    /// The number big-endian, padded to `width` octets or as short as possible.
    func bytes(width: Int?) throws(CryptoError) -> [UInt8] {
        let count = width ?? Int(unsafe BN_num_bits(pointer) + 7) / 8
        var bytes = [UInt8](repeating: 0, count: count)
        guard unsafe BN_bn2binpad(pointer, &bytes, Int32(count)) == Int32(count) else {
            throw Libcrypto.failure("BN_bn2binpad")
        }
        return bytes
    }
}

/// Owns a `BN_CTX`: libcrypto's scratch numbers.
// Sendable: part of a context that ContextPool hands to one caller at a time.
@safe final class BigNumberScratch: @unchecked Sendable {
    let pointer: OpaquePointer

    init() throws(CryptoError) {
        unsafe pointer = try Libcrypto.owned(BN_CTX_new(), call: "BN_CTX_new")
    }

    deinit { unsafe BN_CTX_free(pointer) }
}
