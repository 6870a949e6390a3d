import CLibcrypto

/// Owns an `EVP_PKEY`, public or private.
// Sendable: never changed after it was made; libcrypto allows its concurrent use and counts references atomically.
@safe final class EVPKey: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over a key that `call` has just made, or says why there is none.
    init(owning key: OpaquePointer?, from call: String) throws(CryptoError) {
        unsafe pointer = try Libcrypto.owned(key, call: call)
    }

    deinit { unsafe EVP_PKEY_free(pointer) }

    func isA(_ type: String) -> Bool { unsafe EVP_PKEY_is_a(pointer, type) == 1 }

    /// The name of the key's curve; nil when it has none.
    var groupName: String? {
        var name = [CChar](repeating: 0, count: 64)
        var count = 0
        let got = unsafe EVP_PKEY_get_group_name(pointer, &name, name.count, &count)
        guard Libcrypto.succeeded(got) else { return nil }
        return String(decoding: name.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// A number of the key, big-endian, padded to `width` octets or as short as possible.
    func number(_ name: String, width: Int? = nil) throws(CryptoError) -> [UInt8] {
        var number: OpaquePointer?
        let got = unsafe EVP_PKEY_get_bn_param(pointer, name, &number)
        let owned = try unsafe BigNumber(owning: number, from: "EVP_PKEY_get_bn_param")
        try Libcrypto.check(got, call: "EVP_PKEY_get_bn_param")
        return try owned.bytes(width: width)
    }

    /// The raw octets of an Edwards public key.
    func rawPublicKey(count: Int) throws(CryptoError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var written = count
        let got = unsafe EVP_PKEY_get_raw_public_key(pointer, &bytes, &written)
        try Libcrypto.check(got, call: "EVP_PKEY_get_raw_public_key")
        guard written == count else { throw .length(of: .key, expected: count, actual: written) }
        return bytes
    }
}
