/// One of the two alphabets of RFC 4648, with the tables that decode it.
///
/// Four letters decode as `first[a] | second[b] | third[c] | fourth[d]`: every table holds the letter's six bits
/// already shifted to their place in the 24-bit group, or `invalid`, a bit no valid group has.
struct Base64Alphabet: Sendable {
    static let standard = Base64Alphabet(letter62: UInt8(ascii: "+"), letter63: UInt8(ascii: "/"))
    static let urlSafe = Base64Alphabet(letter62: UInt8(ascii: "-"), letter63: UInt8(ascii: "_"))
    static let invalid: UInt32 = 1 << 24

    private let letters: [UInt8]
    /// The four tables one after the other.
    private let tables: [UInt32]

    private init(letter62: UInt8, letter63: UInt8) {
        let upper = Array(UInt8(ascii: "A")...UInt8(ascii: "Z"))
        let lower = Array(UInt8(ascii: "a")...UInt8(ascii: "z"))
        let digits = Array(UInt8(ascii: "0")...UInt8(ascii: "9"))
        let letters = upper + lower + digits + [letter62, letter63]
        self.letters = letters
        tables = [18, 12, 6, 0].flatMap { Self.table(of: letters, shift: $0) }
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

    /// How many octets `count` letters without padding stand for; nil for an impossible count.
    static func decodedCount(ofEncodedCount count: Int) -> Int? {
        guard count >= 0, count % 4 != 1 else { return nil }
        return count / 4 * 3 + max(0, count % 4 - 1)
    }

    /// The octets of unpadded `text`, or nil when it is not strict.
    func decode(_ text: Span<UInt8>) -> [UInt8]? {
        var octets: [UInt8] = []
        return decode(text, replacing: &octets) ? octets : nil
    }

    /// Decodes unpadded `text` into `octets`, whose storage is kept; false if the text is not strict, and `octets` is
    /// then undefined.
    func decode(_ text: Span<UInt8>, replacing octets: inout [UInt8]) -> Bool {
        guard let count = Self.decodedCount(ofEncodedCount: text.count) else { return false }
        octets.resize(to: count)
        guard let groupedCount = decodeGroups(text, into: &octets) else { return false }
        return decodeTail(text, from: groupedCount, into: &octets)
    }

    /// Decodes eight letters at a time and returns how many; nil if one is not of the alphabet.
    ///
    /// The slices of eight letters, and writing the last of six octets first, let the compiler prove all but two of the
    /// bounds checks away.
    private func decodeGroups(_ text: Span<UInt8>, into octets: inout [UInt8]) -> Int? {
        guard tables.count == 1024 else { return nil }
        let tables = tables.span
        var output = octets.mutableSpan
        var (read, written) = (0, 0)
        var seen: UInt32 = 0
        while text.count &- read >= 8 {
            let last = written + 5
            guard last < output.count else { break }
            let letters = text.extracting(read..<read &+ 8)
            let first =
                tables[Int(letters[0])] | tables[Int(letters[1]) &+ 256] | tables[Int(letters[2]) &+ 512]
                | tables[Int(letters[3]) &+ 768]
            let second =
                tables[Int(letters[4])] | tables[Int(letters[5]) &+ 256] | tables[Int(letters[6]) &+ 512]
                | tables[Int(letters[7]) &+ 768]
            seen |= first | second
            output[last] = UInt8(truncatingIfNeeded: second)
            output[last - 1] = UInt8(truncatingIfNeeded: second >> 8)
            output[last - 2] = UInt8(truncatingIfNeeded: second >> 16)
            output[last - 3] = UInt8(truncatingIfNeeded: first)
            output[last - 4] = UInt8(truncatingIfNeeded: first >> 8)
            output[written] = UInt8(truncatingIfNeeded: first >> 16)
            read &+= 8
            written += 6
        }
        return seen < Self.invalid ? read : nil
    }

    /// Decodes the last letters, fewer than eight: at most four at once, then two or three.
    private func decodeTail(_ text: Span<UInt8>, from start: Int, into octets: inout [UInt8]) -> Bool {
        guard tables.count == 1024 else { return false }
        let tables = tables.span
        var output = octets.mutableSpan
        var (read, written) = (start, start / 4 * 3)
        if text.count &- read >= 4 {
            let letters = text.extracting(read..<read &+ 4)
            let group =
                tables[Int(letters[0])] | tables[Int(letters[1]) &+ 256] | tables[Int(letters[2]) &+ 512]
                | tables[Int(letters[3]) &+ 768]
            guard group < Self.invalid else { return false }
            output[written + 2] = UInt8(truncatingIfNeeded: group)
            output[written + 1] = UInt8(truncatingIfNeeded: group >> 8)
            output[written] = UInt8(truncatingIfNeeded: group >> 16)
            read &+= 4
            written += 3
        }
        let rest = text.extracting(read..<text.count)
        guard rest.count >= 2 else { return rest.isEmpty }
        let isThree = rest.count == 3
        let group = tables[Int(rest[0])] | tables[Int(rest[1]) &+ 256] | (isThree ? tables[Int(rest[2]) &+ 512] : 0)
        output[written] = UInt8(truncatingIfNeeded: group >> 16)
        if isThree { output[written + 1] = UInt8(truncatingIfNeeded: group >> 8) }
        // RFC 4648 §3.5: bits that belong to no octet must be zero, or one value would have several texts.
        return group < Self.invalid && group & (isThree ? 0xFF : 0xFFFF) == 0
    }
}

extension [UInt8] {
    /// Makes the array `count` long and keeps its storage; what new places hold is zero.
    package mutating func resize(to newCount: Int) {
        guard capacity > 0 else {
            self = [UInt8](repeating: 0, count: newCount)
            return
        }
        if newCount < count { removeLast(count - newCount) }
        if newCount > count { append(contentsOf: repeatElement(0, count: newCount - count)) }
    }
}
