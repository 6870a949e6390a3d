import CLibcrypto

/// Private keys as text and octets: PKCS #8 (RFC 5958), and what else libcrypto reads (PKCS #1,
/// SEC 1). Never encrypted.
extension EVPKey {
    /// Reads a PEM text. An encrypted key is refused; libcrypto does not ask for its pass phrase.
    static func privateKey(pem: [UInt8]) throws(CryptoError) -> EVPKey {
        let input = try MemoryBIO(reading: pem)
        let key = unsafe clibcrypto_read_pem_private_key(input.pointer)
        do { return try unsafe EVPKey(owning: key, from: "PEM_read_bio_PrivateKey_ex") } catch {
            throw .malformedPrivateKey
        }
    }

    /// Reads DER octets, all of them.
    static func privateKey(der: [UInt8]) throws(CryptoError) -> EVPKey {
        let (key, readCount) = unsafe der.withUnsafeBufferPointer { bytes in
            var next = bytes.baseAddress
            let key = unsafe d2i_AutoPrivateKey_ex(nil, &next, bytes.count, nil, nil)
            return unsafe (key, next.map { unsafe $0 - (bytes.baseAddress ?? $0) } ?? 0)
        }
        let owned: EVPKey
        do { owned = try unsafe EVPKey(owning: key, from: "d2i_AutoPrivateKey_ex") } catch {
            throw .malformedPrivateKey
        }
        guard readCount == der.count else { throw .malformedPrivateKey }
        return owned
    }

    func privateKeyPEM() throws(CryptoError) -> [UInt8] {
        let output = try MemoryBIO()
        let written = unsafe PEM_write_bio_PKCS8PrivateKey(output.pointer, pointer, nil, nil, 0, nil, nil)
        try Libcrypto.check(written, call: "PEM_write_bio_PKCS8PrivateKey")
        return output.contents
    }

    func privateKeyDER() throws(CryptoError) -> [UInt8] {
        let output = try MemoryBIO()
        let written = unsafe i2d_PKCS8PrivateKey_bio(output.pointer, pointer, nil, nil, 0, nil, nil)
        try Libcrypto.check(written, call: "i2d_PKCS8PrivateKey_bio")
        return output.contents
    }
}

/// libcrypto's input and output in memory.
@safe private final class MemoryBIO {
    let pointer: OpaquePointer
    private let input: [UInt8]

    init() throws(CryptoError) {
        input = []
        // A key passes through: the secure kind wipes its buffer.
        unsafe pointer = try Libcrypto.owned(BIO_new(BIO_s_secmem()), call: "BIO_new")
    }

    init(reading bytes: [UInt8]) throws(CryptoError) {
        guard bytes.count <= 1 << 20 else { throw .malformedPrivateKey }
        input = bytes
        unsafe pointer = try Libcrypto.owned(BIO_new(BIO_s_secmem()), call: "BIO_new")
        guard unsafe BIO_write(pointer, input, Int32(input.count)) == Int32(input.count) else {
            throw Libcrypto.failure("BIO_write")
        }
    }

    deinit { unsafe BIO_free_all(pointer) }

    var contents: [UInt8] {
        var start: UnsafePointer<UInt8>?
        let count = unsafe clibcrypto_memory_contents(pointer, &start)
        return unsafe Array(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
    }
}
