/// The grammar of RFC 8259 over octets, one token at a time; reader and scanner share it and differ only in
/// what they keep.
///
/// A cursor does not hold the text, because a span cannot be stored: every call must pass the same one.
struct JSONCursor {
    enum Container {
        case object, array

        fileprivate var closing: UInt8 { self == .object ? UInt8(ascii: "}") : UInt8(ascii: "]") }
    }

    /// The three literal names.
    enum Word: String {
        case `true`, `false`, null
    }

    let limits: JSONLimits
    private(set) var offset = 0
    private var depth = 0

    init(limits: JSONLimits) {
        self.limits = limits
    }

    /// Checks what can be said of the text before its first token, and moves to that token.
    mutating func begin(_ text: Span<UInt8>) throws(JSONError) {
        guard text.count <= limits.octets else { throw JSONError(.tooLong, at: limits.octets) }
        if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { throw JSONError(.byteOrderMark, at: 0) }
        skipWhitespace(text)
    }

    /// Checks that nothing but white space follows the value.
    mutating func finish(_ text: Span<UInt8>) throws(JSONError) {
        skipWhitespace(text)
        guard offset == text.count else { throw JSONError(.trailingBytes, at: offset) }
    }

    /// What kind of value starts here, judged by its first octet.
    func kind(_ text: Span<UInt8>) throws(JSONError) -> JSONKind {
        guard offset < text.count else { throw JSONError(.unexpectedEnd, at: offset) }
        switch text[offset] {
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

    /// Steps over the bracket that `kind` saw.
    mutating func open() throws(JSONError) {
        guard depth < limits.depth else { throw JSONError(.tooDeep, at: offset) }
        depth += 1
        offset += 1
    }

    /// Moves to the next member or element, `count` having been read; false when the container closed instead.
    mutating func advance(in container: Container, count: Int, _ text: Span<UInt8>) throws(JSONError) -> Bool {
        skipWhitespace(text)
        guard offset < text.count else { throw JSONError(.unexpectedEnd, at: offset) }
        if text[offset] == container.closing {
            offset += 1
            depth -= 1
            return false
        }
        if count > 0 {
            try expect(UInt8(ascii: ","), text)
            skipWhitespace(text)
        }
        switch container {
        case .object: guard count < limits.members else { throw JSONError(.tooManyMembers, at: offset) }
        case .array: guard count < limits.elements else { throw JSONError(.tooManyElements, at: offset) }
        }
        return true
    }

    /// Reads a member's name and its colon, and moves to the member's value.
    mutating func name(_ text: Span<UInt8>) throws(JSONError) -> JSONStringToken {
        let token = try string(text)
        skipWhitespace(text)
        try expect(UInt8(ascii: ":"), text)
        skipWhitespace(text)
        return token
    }

    /// Steps over `true`, `false` or `null`.
    mutating func literal(_ word: Word, _ text: Span<UInt8>) throws(JSONError) {
        for letter in word.rawValue.utf8 { try expect(letter, text) }
    }

    /// Steps over a number (RFC 8259 §6).
    mutating func number(_ text: Span<UInt8>) throws(JSONError) -> Range<Int> {
        let start = offset
        guard let end = JSONNumber.end(in: text, from: start) else { throw JSONError(.malformedNumber, at: start) }
        offset = end
        return start..<end
    }

    mutating func string(_ text: Span<UInt8>) throws(JSONError) -> JSONStringToken {
        try expect(UInt8(ascii: "\""), text)
        let start = offset
        let hasEscapes = try skipStringContent(text)
        let end = offset
        offset += 1
        return JSONStringToken(start: start, end: end, hasEscapes: hasEscapes)
    }

    private mutating func expect(_ byte: UInt8, _ text: Span<UInt8>) throws(JSONError) {
        guard offset < text.count else { throw JSONError(.unexpectedEnd, at: offset) }
        guard text[offset] == byte else { throw JSONError(.unexpectedByte, at: offset) }
        offset += 1
    }

    private mutating func skipWhitespace(_ text: Span<UInt8>) {
        while offset < text.count {
            switch text[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }

    /// Moves to the closing quote; true when an escape was on the way.
    private mutating func skipStringContent(_ text: Span<UInt8>) throws(JSONError) -> Bool {
        var hasEscapes = false
        var index = offset
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "\"") {
                offset = index
                return hasEscapes
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                index += try JSONEscape.length(in: text, at: index)
            } else if byte < 0x20 {
                throw JSONError(.controlCharacter, at: index)
            } else if byte < 0x80 {
                index += 1
            } else {
                index += try UTF8Sequence.length(in: text, at: index)
            }
        }
        throw JSONError(.unexpectedEnd, at: index)
    }
}
