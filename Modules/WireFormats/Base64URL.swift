/// Strict base64url without padding (RFC 4648 §5, as RFC 7515 §2 uses it).
package enum Base64URL {
    /// The unpadded base64url text of `bytes`.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var pending: UInt32 = 0
        var pendingBits = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            pendingBits += 8
            while pendingBits >= 6 {
                pendingBits -= 6
                text.append(letter(at: pending >> UInt32(pendingBits)))
            }
        }
        if pendingBits > 0 { text.append(letter(at: pending << UInt32(6 - pendingBits))) }
        return String(decoding: text, as: UTF8.self)
    }

    private static func letter(at value: UInt32) -> UInt8 {
        switch UInt8(truncatingIfNeeded: value & 63) {
        case let index where index < 26: UInt8(ascii: "A") + index
        case let index where index < 52: UInt8(ascii: "a") + index - 26
        case let index where index < 62: UInt8(ascii: "0") + index - 52
        case 62: UInt8(ascii: "-")
        default: UInt8(ascii: "_")
        }
    }
}
