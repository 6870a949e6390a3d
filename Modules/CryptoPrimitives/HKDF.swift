/// Key derivation by extract and expand (RFC 5869) with SHA-256.
package enum HKDF {
    /// `count` octets (1…8,160) derived from `secret` for the purpose named by `info`.
    ///
    /// An empty `salt` stands for 32 zero octets (RFC 5869 §2.2).
    package static func derive(
        secret: [UInt8], salt: [UInt8], info: [UInt8], count: Int
    ) throws(CryptoError) -> [UInt8] {
        let blockCount = SHA2.Size.bits256.byteCount
        guard (1...255 * blockCount).contains(count) else { throw .outputLength(count) }
        let saltKey = salt.isEmpty ? [UInt8](repeating: 0, count: blockCount) : salt
        let extracted = try HMAC.sha256(key: saltKey, message: secret)
        var output: [UInt8] = []
        var block: [UInt8] = []
        var number: UInt8 = 0
        while output.count < count {
            number += 1
            block = try HMAC.sha256(key: extracted, message: block + info + [number])
            output += block
        }
        return Array(output.prefix(count))
    }
}
