/// Looks at eight octets at a time.
extension Span<UInt8> {
    /// The eight octets from `offset` on as one number, the first of them in its lowest eight bits.
    ///
    /// The slice of eight lets the compiler check the bounds once and read the octets by one instruction.
    @inline(__always) func word(at offset: Int) -> UInt64 {
        let octets = extracting(offset..<offset &+ 8)
        let low = UInt64(octets[0]) | UInt64(octets[1]) << 8 | UInt64(octets[2]) << 16 | UInt64(octets[3]) << 24
        let high = UInt64(octets[4]) | UInt64(octets[5]) << 8 | UInt64(octets[6]) << 16 | UInt64(octets[7]) << 24
        return low | high << 32
    }

    /// Where `octet` first stands at or after `start` and before `end`.
    package func firstIndex(of octet: UInt8, from start: Int, to end: Int) -> Int? {
        let pattern = Octets.all(octet)
        var index = start
        while end &- index >= 32 {
            let words = extracting(index..<index &+ 32)
            let low = Octets.zeros(in: words.word(at: 0) ^ pattern) | Octets.zeros(in: words.word(at: 8) ^ pattern)
            let high = Octets.zeros(in: words.word(at: 16) ^ pattern) | Octets.zeros(in: words.word(at: 24) ^ pattern)
            if low | high != 0 { break }
            index &+= 32
        }
        while index < end {
            if self[index] == octet { return index }
            index &+= 1
        }
        return nil
    }

    /// Whether one octet of every 64 is ASCII, a sample of all.
    package var isSparselyASCII: Bool {
        var seen: UInt8 = 0
        var index = 0
        while index < count {
            seen |= self[index]
            index &+= 64
        }
        return seen < 0x80
    }

    /// Whether every octet is a printable ASCII character, 0x20…0x7E.
    package var isPrintableASCII: Bool {
        var index = 0
        while count &- index >= 8 {
            guard Octets.others(thanPrintableASCIIIn: word(at: index)) == 0 else { return false }
            index &+= 8
        }
        while index < count {
            guard (0x20...0x7E).contains(self[index]) else { return false }
            index &+= 1
        }
        return true
    }

    /// Whether both hold the same octets. The duration tells where they differ.
    package func hasSameOctets(as other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        var index = 0
        while count &- index >= 8 {
            guard word(at: index) == other.word(at: index) else { return false }
            index &+= 8
        }
        while index < count {
            guard self[index] == other[index] else { return false }
            index &+= 1
        }
        return true
    }
}

/// Arithmetic on eight octets in one number.
enum Octets {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The number whose every octet is `octet`.
    @inline(__always) static func all(_ octet: UInt8) -> UInt64 { ones &* UInt64(octet) }

    /// Ones in the lowest `count` octets, fewer than eight.
    @inline(__always) static func mask(_ count: Int) -> UInt64 { (1 << UInt64(8 &* count)) &- 1 }

    /// The high bit of every octet that is zero. Above the lowest one found, others may be marked wrongly.
    @inline(__always) static func zeros(in word: UInt64) -> UInt64 { (word &- ones) & ~word & highBits }

    /// Not zero if an octet lies outside 0x20…0x7E.
    @inline(__always) static func others(thanPrintableASCIIIn word: UInt64) -> UInt64 {
        // Of octets below 128 only 0x7F has a successor with the high bit; a carry out of one marks its own octet.
        ((word &- all(0x20)) | (word &+ ones) | word) & highBits
    }

    /// The high bit of every octet that cannot stand for itself in a JSON string: a quote, a backslash, a control
    /// character, or one of 128 or more. As with ``zeros(in:)``, only the lowest mark is certain.
    @inline(__always) static func special(inJSONString word: UInt64) -> UInt64 {
        let quotes = (word ^ all(UInt8(ascii: "\""))) &- ones
        let backslashes = (word ^ all(UInt8(ascii: "\\"))) &- ones
        return (quotes | backslashes | (word &- all(0x20)) | word) & highBits
    }
}
