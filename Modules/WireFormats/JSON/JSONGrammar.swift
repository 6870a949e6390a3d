/// The grammar of RFC 8259 over octets: each function takes where something begins and answers where it ends.
///
/// Reader and scanner share it and differ only in what they keep.
enum JSONGrammar {
    /// Checks what can be said of a text before its first token, and answers where that token stands.
    static func begin(_ text: Span<UInt8>, _ limits: JSONLimits) throws(JSONError) -> Int {
        guard text.count <= limits.octets else { throw JSONError(.tooLong, at: limits.octets) }
        if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { throw JSONError(.byteOrderMark, at: 0) }
        return skipWhitespace(text, from: 0)
    }

    /// Checks that nothing but white space follows the value that ends at `offset`.
    static func finish(_ text: Span<UInt8>, at offset: Int) throws(JSONError) {
        let end = skipWhitespace(text, from: offset)
        guard end == text.count else { throw JSONError(.trailingBytes, at: end) }
    }

    /// What kind of value starts at `offset`, judged by its first octet.
    static func kind(_ text: Span<UInt8>, at offset: Int) throws(JSONError) -> JSONKind {
        switch try octet(text, at: offset) {
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "t"): return .true
        case UInt8(ascii: "f"): return .false
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw JSONError(.unexpectedByte, at: offset)
        }
    }

    @inline(__always)
    static func octet(_ text: Span<UInt8>, at offset: Int) throws(JSONError) -> UInt8 {
        guard offset < text.count else { throw JSONError(.unexpectedEnd, at: offset) }
        return text[offset]
    }

    @inline(__always)
    static func skipWhitespace(_ text: Span<UInt8>, from start: Int) -> Int {
        var offset = start
        while offset < text.count, isWhitespace(text[offset]) { offset &+= 1 }
        return offset
    }

    @inline(__always)
    private static func isWhitespace(_ octet: UInt8) -> Bool {
        octet <= 0x20 && (octet == 0x20 || octet == 0x0A || octet == 0x0D || octet == 0x09)
    }

    /// Steps over one of the three literal names.
    static func literal(_ kind: JSONKind, _ text: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
        let (letters, count) = spelling(kind)
        for place in 0..<count {
            let letter = UInt8(truncatingIfNeeded: letters >> UInt64(8 * place))
            guard try octet(text, at: start + place) == letter else {
                throw JSONError(.unexpectedByte, at: start + place)
            }
        }
        return start + count
    }

    /// The letters of a literal name, the first one in the lowest eight bits.
    private static func spelling(_ kind: JSONKind) -> (letters: UInt64, count: Int) {
        switch kind {
        case .true: (0x6575_7274, 4)
        case .false: (0x65_736C_6166, 5)
        case .null: (0x6C6C_756E, 4)
        case .number, .string, .array, .object: (0, 0)
        }
    }

    /// Steps over the comma that must stand at `offset`, and the white space after it.
    @inline(__always)
    static func comma(_ text: Span<UInt8>, at offset: Int) throws(JSONError) -> Int {
        guard try octet(text, at: offset) == UInt8(ascii: ",") else { throw JSONError(.unexpectedByte, at: offset) }
        return skipWhitespace(text, from: offset &+ 1)
    }

    /// Reads the member's name that must start at `start`, and its colon; the member's value begins at `value`.
    @inline(__always)
    static func name(
        _ text: Span<UInt8>, at start: Int
    ) throws(JSONError) -> (name: JSONStringToken, value: Int) {
        let name = try string(text, at: start)
        let colon = skipWhitespace(text, from: name.end &+ 1)
        guard try octet(text, at: colon) == UInt8(ascii: ":") else { throw JSONError(.unexpectedByte, at: colon) }
        return (name, skipWhitespace(text, from: colon &+ 1))
    }

    /// The same if the next member's name is `expected`; nil when it may be another. Before all members but the first
    /// there must be a comma.
    @inline(__always)
    static func name(
        _ expected: JSONName, _ text: Span<UInt8>, at offset: Int, isFirst: Bool
    ) -> (name: JSONStringToken, value: Int)? {
        let start = isFirst ? offset &+ 1 : offset &+ 2
        let end = start &+ expected.count
        guard end &+ 1 < text.count, isFirst || text[offset] == UInt8(ascii: ",") else { return nil }
        guard text[start &- 1] == UInt8(ascii: "\""), text[end] == UInt8(ascii: "\""),
            text[end &+ 1] == UInt8(ascii: ":"),
            expected.stands(in: text, at: start)
        else { return nil }
        let name = JSONStringToken(start: start, end: end, hasEscapes: false)
        return (name, skipWhitespace(text, from: end &+ 2))
    }

    /// Reads the string whose opening quote must stand at `start`.
    static func string(_ text: Span<UInt8>, at start: Int) throws(JSONError) -> JSONStringToken {
        guard try octet(text, at: start) == UInt8(ascii: "\"") else { throw JSONError(.unexpectedByte, at: start) }
        var hasEscapes = false
        var index = skipPlain(text, from: start &+ 1)
        while index < text.count {
            let octet = text[index]
            if octet == UInt8(ascii: "\"") {
                return JSONStringToken(start: start &+ 1, end: index, hasEscapes: hasEscapes)
            }
            if octet == UInt8(ascii: "\\") {
                hasEscapes = true
                index += try JSONEscape.length(in: text, at: index)
            } else if octet < 0x20 {
                throw JSONError(.controlCharacter, at: index)
            } else {
                index += try UTF8Sequence.length(in: text, at: index)
            }
            index = skipPlain(text, from: index)
        }
        throw JSONError(.unexpectedEnd, at: index)
    }

    /// Moves over ASCII that means itself, to a quote, a backslash, a control character, an octet beyond ASCII or the
    /// end of the text.
    @inline(__always)
    private static func skipPlain(_ text: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while text.count &- index >= 8 {
            let found = Octets.special(inJSONString: text.word(at: index))
            if found != 0 { return index &+ found.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        while index < text.count, isPlain(text[index]) { index &+= 1 }
        return index
    }

    private static func isPlain(_ octet: UInt8) -> Bool {
        (0x20..<0x80).contains(octet) && octet != UInt8(ascii: "\"") && octet != UInt8(ascii: "\\")
    }

    /// Where the number that starts at `start` ends (RFC 8259 §6).
    static func number(_ text: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
        guard let end = JSONNumber.end(in: text, from: start) else { throw JSONError(.malformedNumber, at: start) }
        return end
    }
}
