/// A position in a text, moved forward token by token within the limits, for readers that build values.
struct JSONCursor {
    enum Container {
        case object, array

        fileprivate var closing: UInt8 { self == .object ? UInt8(ascii: "}") : UInt8(ascii: "]") }
    }

    let limits: JSONLimits
    private(set) var offset = 0
    private var depth = 0

    init(limits: JSONLimits) {
        self.limits = limits
    }

    /// Checks what can be said of the text before its first token, and moves to that token.
    mutating func begin(_ text: Span<UInt8>) throws(JSONError) {
        offset = try JSONGrammar.begin(text, limits)
    }

    /// Checks that nothing but white space follows the value.
    func finish(_ text: Span<UInt8>) throws(JSONError) {
        try JSONGrammar.finish(text, at: offset)
    }

    /// What kind of value starts here, judged by its first octet.
    func kind(_ text: Span<UInt8>) throws(JSONError) -> JSONKind {
        try JSONGrammar.kind(text, at: offset)
    }

    /// Steps over the bracket that `kind` saw.
    mutating func open() throws(JSONError) {
        guard depth < limits.depth else { throw JSONError(.tooDeep, at: offset) }
        depth += 1
        offset += 1
    }

    /// Moves to the next member or element, `count` having been read; false when the container closed instead.
    mutating func advance(in container: Container, count: Int, of text: Span<UInt8>) throws(JSONError) -> Bool {
        offset = JSONGrammar.skipWhitespace(text, from: offset)
        let octet = try JSONGrammar.octet(text, at: offset)
        if octet == container.closing {
            offset += 1
            depth -= 1
            return false
        }
        if count > 0 {
            guard octet == UInt8(ascii: ",") else { throw JSONError(.unexpectedByte, at: offset) }
            offset = JSONGrammar.skipWhitespace(text, from: offset + 1)
        }
        switch container {
        case .object: guard count < limits.members else { throw JSONError(.tooManyMembers, at: offset) }
        case .array: guard count < limits.elements else { throw JSONError(.tooManyElements, at: offset) }
        }
        return true
    }

    /// Reads a member's name and its colon, and moves to the member's value.
    mutating func name(_ text: Span<UInt8>) throws(JSONError) -> JSONStringToken {
        let (name, value) = try JSONGrammar.name(text, at: offset)
        offset = value
        return name
    }

    /// Steps over one of the three literal names.
    mutating func literal(_ kind: JSONKind, _ text: Span<UInt8>) throws(JSONError) {
        offset = try JSONGrammar.literal(kind, text, at: offset)
    }

    /// Steps over a number (RFC 8259 §6).
    mutating func number(_ text: Span<UInt8>) throws(JSONError) -> Range<Int> {
        let start = offset
        offset = try JSONGrammar.number(text, at: start)
        return start..<offset
    }

    mutating func string(_ text: Span<UInt8>) throws(JSONError) -> JSONStringToken {
        let token = try JSONGrammar.string(text, at: offset)
        offset = token.end + 1
        return token
    }
}
