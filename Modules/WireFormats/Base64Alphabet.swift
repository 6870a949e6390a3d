/// One of the two alphabets of RFC 4648, with the tables that decode it.
///
/// Four letters decode as `first[a] | second[b] | third[c] | fourth[d]`: every table holds the letter's six bits
/// already shifted to their place in the 24-bit group, or `invalid`, a bit no valid group has.
struct Base64Alphabet: Sendable {
    static let standard = Base64Alphabet(letter62: UInt8(ascii: "+"), letter63: UInt8(ascii: "/"))
    static let urlSafe = Base64Alphabet(letter62: UInt8(ascii: "-"), letter63: UInt8(ascii: "_"))
    static let invalid: UInt32 = 1 << 24

    private let letters: [UInt8]
    private let first: [UInt32]
    private let second: [UInt32]
    private let third: [UInt32]
    private let fourth: [UInt32]

    private init(letter62: UInt8, letter63: UInt8) {
        let upper = Array(UInt8(ascii: "A")...UInt8(ascii: "Z"))
        let lower = Array(UInt8(ascii: "a")...UInt8(ascii: "z"))
        let digits = Array(UInt8(ascii: "0")...UInt8(ascii: "9"))
        let letters = upper + lower + digits + [letter62, letter63]
        self.letters = letters
        first = Self.table(of: letters, shift: 18)
        second = Self.table(of: letters, shift: 12)
        third = Self.table(of: letters, shift: 6)
        fourth = Self.table(of: letters, shift: 0)
    }

    private static func table(of letters: [UInt8], shift: UInt32) -> [UInt32] {
        var table = [UInt32](repeating: invalid, count: 256)
        for (value, letter) in letters.enumerated() { table[Int(letter)] = UInt32(value) << shift }
        return table
    }

    /// The letters for `bytes`, without padding.
    func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count / 3 * 4 + 4)
        var pending: UInt32 = 0
        var pendingBits: UInt32 = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            pendingBits += 8
            while pendingBits >= 6 {
                pendingBits -= 6
                text.append(letters[Int(pending >> pendingBits & 63)])
            }
        }
        if pendingBits > 0 { text.append(letters[Int(pending << (6 - pendingBits) & 63)]) }
        return text
    }

    /// How many octets `count` letters without padding stand for; nil for a count no encoding has.
    static func decodedCount(ofEncodedCount count: Int) -> Int? {
        guard count >= 0, count % 4 != 1 else { return nil }
        return count / 4 * 3 + max(0, count % 4 - 1)
    }

    /// Appends the octets of unpadded `text` to `output`; false when the text is not strict or the octets do not fit.
    func decode(_ text: Span<UInt8>, into output: inout OutputSpan<UInt8>) -> Bool {
        guard let count = Self.decodedCount(ofEncodedCount: text.count), count <= output.freeCapacity else {
            return false
        }
        let (first, second, third, fourth) = (first.span, second.span, third.span, fourth.span)
        let wholeEnd = text.count & ~3
        var offset = 0
        while offset < wholeEnd {
            let high = first[Int(text[offset])] | second[Int(text[offset + 1])]
            let group = high | third[Int(text[offset + 2])] | fourth[Int(text[offset + 3])]
            guard group < Self.invalid else { return false }
            output.append(UInt8(truncatingIfNeeded: group >> 16))
            output.append(UInt8(truncatingIfNeeded: group >> 8))
            output.append(UInt8(truncatingIfNeeded: group))
            offset += 4
        }
        return decodeTail(text, from: offset, into: &output)
    }

    private func decodeTail(_ text: Span<UInt8>, from offset: Int, into output: inout OutputSpan<UInt8>) -> Bool {
        let letterCount = text.count - offset
        guard letterCount >= 2 else { return letterCount == 0 }
        var group = first[Int(text[offset])] | second[Int(text[offset + 1])]
        if letterCount == 3 { group |= third[Int(text[offset + 2])] }
        // RFC 4648 §3.5: bits that belong to no octet must be zero, or one value would have several texts.
        let trailingBits: UInt32 = letterCount == 3 ? 0xFF : 0xFFFF
        guard group < Self.invalid, group & trailingBits == 0 else { return false }
        output.append(UInt8(truncatingIfNeeded: group >> 16))
        if letterCount == 3 { output.append(UInt8(truncatingIfNeeded: group >> 8)) }
        return true
    }

    /// The octets of unpadded `text`, or nil when it is not strict.
    func decode(_ text: Span<UInt8>) -> [UInt8]? {
        guard let count = Self.decodedCount(ofEncodedCount: text.count) else { return nil }
        var isValid = false
        let bytes = [UInt8](capacity: count) { output in isValid = decode(text, into: &output) }
        return isValid ? bytes : nil
    }
}
