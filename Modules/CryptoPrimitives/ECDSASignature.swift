import CLibcrypto

/// The two forms of an ECDSA signature: fixed-width r and s (IEEE P1363), and DER (RFC 3279 §2.2.3).
enum ECDSASignature {
    /// The DER form of a signature that is exactly two coordinates long; nil for any other length.
    static func der(fixedWidth signature: Span<UInt8>, curve: EllipticCurve) -> [UInt8]? {
        let width = curve.coordinateCount
        guard signature.count == 2 * width else { return nil }
        let body = derInteger(signature.extracting(0..<width)) + derInteger(signature.extracting(width..<2 * width))
        // At most 2 * (66 + 3) octets, so the length takes one octet, or two with the marker 0x81.
        return (body.count < 128 ? [0x30] : [0x30, 0x81]) + [UInt8(body.count)] + body
    }

    private static func derInteger(_ number: Span<UInt8>) -> [UInt8] {
        var digits: [UInt8] = []
        for index in number.indices where !digits.isEmpty || number[index] != 0 { digits.append(number[index]) }
        if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
        return [0x02, UInt8(digits.count)] + digits
    }

    /// The fixed-width form of a DER signature that libcrypto has made.
    static func fixedWidth(der: [UInt8], curve: EllipticCurve) throws(CryptoError) -> [UInt8] {
        let parsed = unsafe der.withUnsafeBufferPointer { bytes in
            var next = bytes.baseAddress
            return unsafe d2i_ECDSA_SIG(nil, &next, bytes.count)
        }
        let signature = try unsafe Libcrypto.owned(parsed, call: "d2i_ECDSA_SIG")
        defer { unsafe ECDSA_SIG_free(signature) }
        let r = try unsafe octets(ECDSA_SIG_get0_r(signature), width: curve.coordinateCount)
        let s = try unsafe octets(ECDSA_SIG_get0_s(signature), width: curve.coordinateCount)
        return r + s
    }

    private static func octets(_ number: OpaquePointer?, width: Int) throws(CryptoError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: width)
        let written = unsafe BN_bn2binpad(number, &bytes, Int32(width))
        guard written == Int32(width) else { throw Libcrypto.failure("BN_bn2binpad") }
        return bytes
    }
}
