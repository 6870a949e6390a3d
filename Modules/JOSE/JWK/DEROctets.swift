import WireFormats

/// The few parts of DER (X.690) that private keys are written in for libcrypto.
enum DEROctets {
    /// A SEQUENCE of finished parts.
    static func sequence(_ parts: [[UInt8]]) -> [UInt8] { element(0x30, parts.flatMap(\.self)) }

    /// An INTEGER that is not negative, from big-endian octets.
    static func integer(_ number: [UInt8]) -> [UInt8] {
        let digits = Array(number.drop { $0 == 0 })
        return element(0x02, (digits.first ?? 0x80) & 0x80 == 0 ? digits : [0] + digits)
    }

    /// An OCTET STRING.
    static func octets(_ content: [UInt8]) -> [UInt8] { element(0x04, content) }

    /// An OBJECT IDENTIFIER, encoded already.
    static func identifier(_ encoded: [UInt8]) -> [UInt8] { element(0x06, encoded) }

    /// The explicit tag [0].
    static func tagged(_ content: [UInt8]) -> [UInt8] { element(0xA0, content) }

    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { [tag] + length(content.count) + content }

    private static func length(_ count: Int) -> [UInt8] {
        guard count >= 0x80 else { return [UInt8(count)] }
        let octets = Array(UInt32(truncatingIfNeeded: count).bigEndianOctets.drop { $0 == 0 })
        return [0x80 | UInt8(octets.count)] + octets
    }
}
