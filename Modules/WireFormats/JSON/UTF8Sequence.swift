/// Well-formed UTF-8 octet sequences beyond ASCII (Unicode 16, table 3-7).
enum UTF8Sequence {
    /// The length of the sequence that starts at `offset`; no surrogates, no overlong forms, nothing past U+10FFFF.
    static func length(in text: Span<UInt8>, at offset: Int) throws(JSONError) -> Int {
        let lead = text[offset]
        guard let length = length(lead: lead), text.count - offset >= length else {
            throw JSONError(.invalidUTF8, at: offset)
        }
        guard secondRange(lead: lead).contains(text[offset + 1]) else { throw JSONError(.invalidUTF8, at: offset) }
        for index in offset + 2..<offset + length {
            guard text[index] & 0xC0 == 0x80 else { throw JSONError(.invalidUTF8, at: offset) }
        }
        return length
    }

    private static func length(lead: UInt8) -> Int? {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: nil
        }
    }

    private static func secondRange(lead: UInt8) -> ClosedRange<UInt8> {
        switch lead {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
    }
}
