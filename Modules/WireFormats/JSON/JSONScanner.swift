/// Validates one JSON object and records the positions of its members, without building values.
///
/// The rules are those of `JSONReader`, including for nested values. A scanner may be used again for the next text; it
/// keeps its storage, so a text with no more members than the previous ones allocates nothing.
@usableFromInline
package struct JSONScanner: Sendable {
    /// A member: octet ranges into the scanned text.
    @usableFromInline
    package struct Member: Sendable, Hashable {
        /// The name, escapes resolved.
        package let name: JSONName
        private let nameStart, nameEnd, valueStart, valueEnd: UInt32
        @usableFromInline package let kind: JSONKind
        /// An escaped name must be unescaped before its octets are compared.
        package let nameHasEscapes: Bool
        /// Whether the value is a string in which an escape stands.
        @usableFromInline package let valueHasEscapes: Bool

        init(_ name: JSONName, _ token: JSONStringToken, string: JSONStringToken) {
            self.init(
                name, token, kind: .string, start: string.start &- 1, end: string.end &+ 1,
                hasEscapes: string.hasEscapes)
        }

        init(
            _ name: JSONName, _ token: JSONStringToken, kind: JSONKind, start: Int, end: Int,
            hasEscapes: Bool = false
        ) {
            self.name = name
            (nameStart, nameEnd) = (UInt32(truncatingIfNeeded: token.start), UInt32(truncatingIfNeeded: token.end))
            (valueStart, valueEnd) = (UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: end))
            self.kind = kind
            nameHasEscapes = token.hasEscapes
            valueHasEscapes = hasEscapes
        }

        /// Where the name stands between the quotes, as written.
        package var nameRange: Range<Int> { Int(nameStart)..<Int(nameEnd) }

        /// The name as the grammar found it.
        var nameToken: JSONStringToken {
            JSONStringToken(start: Int(nameStart), end: Int(nameEnd), hasEscapes: nameHasEscapes)
        }

        /// Where the whole value stands; a string's range includes its quotes.
        @usableFromInline
        package var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }
    }

    /// What was noted; empty after a scan that threw.
    package private(set) var members = JSONMembers()
    private var ledger = JSONNameLedger()
    private let limits: JSONLimits

    package init(limits: JSONLimits = .standard) {
        self.limits = limits
    }

    /// Replaces `members` by those of `text`.
    package mutating func scan(_ text: Span<UInt8>) throws(JSONError) {
        try whole(text) { (scanner: inout JSONScanner, start) throws(JSONError) in
            try scanner.noted(text, from: start, depth: 1)
        }
    }

    /// Scans an object one of whose members is an array: calls `visit` with the kind of every element, and with its
    /// members where it is an object. True when there is such an array.
    ///
    /// What `visit` saw means nothing when this throws in the end.
    package mutating func scan(
        _ text: Span<UInt8>, elementsOf name: JSONName, visit: (JSONKind, JSONMembers) -> Void
    ) throws(JSONError) -> Bool {
        var isFound = false
        try whole(text) { (scanner: inout JSONScanner, start) throws(JSONError) in
            try scanner.members(text, from: start, depth: 1) {
                (scanner: inout JSONScanner, member, _, kind, value) throws(JSONError) in
                guard member == name, kind == .array else {
                    return try scanner.skip(kind, text, from: value, depth: 2)
                }
                isFound = true
                return try scanner.elements(text, from: value, depth: 2) {
                    (scanner: inout JSONScanner, kind, element) throws(JSONError) in
                    let end = try scanner.element(kind, text, from: element)
                    visit(kind, scanner.members)
                    return end
                }
            }
        }
        members.removeAll()
        return isFound
    }
}

extension JSONScanner {
    /// Moves over the value at a place and answers where it ends.
    private typealias Step = (inout JSONScanner, Int) throws(JSONError) -> Int
    /// Moves over the value of a member and answers where it ends.
    private typealias Value = (inout JSONScanner, JSONName, JSONStringToken, JSONKind, Int) throws(JSONError) -> Int

    private mutating func whole(_ text: Span<UInt8>, _ object: Step) throws(JSONError) {
        ledger.reset()
        do throws(JSONError) {
            guard text.count <= Int(UInt32.max) else { throw JSONError(.tooLong, at: Int(UInt32.max)) }
            let start = try JSONGrammar.begin(text, limits)
            guard try JSONGrammar.kind(text, at: start) == .object else { throw JSONError(.notAnObject, at: start) }
            try JSONGrammar.finish(text, at: try object(&self, start))
            try ledger.finish()
        } catch {
            members.removeAll()
            throw error
        }
    }

    /// An element that is visited: its members replace those of the element before.
    private mutating func element(_ kind: JSONKind, _ text: Span<UInt8>, from start: Int) throws(JSONError) -> Int {
        guard kind == .object else {
            members.removeAll()
            return try skip(kind, text, from: start, depth: 3)
        }
        return try noted(text, from: start, depth: 3)
    }

    /// Steps over a value. Recursion ends at the depth limit.
    private mutating func skip(
        _ kind: JSONKind, _ text: Span<UInt8>, from start: Int, depth: Int
    ) throws(JSONError) -> Int {
        switch kind {
        case .string: try JSONGrammar.string(text, at: start).end &+ 1
        case .number: try JSONGrammar.number(text, at: start)
        case .true, .false, .null: try JSONGrammar.literal(kind, text, at: start)
        case .object: try object(text, from: start, depth: depth)
        case .array:
            try elements(text, from: start, depth: depth) {
                (scanner: inout JSONScanner, kind, element) throws(JSONError) in
                try scanner.skip(kind, text, from: element, depth: depth + 1)
            }
        }
    }

    private mutating func object(_ text: Span<UInt8>, from start: Int, depth: Int) throws(JSONError) -> Int {
        try members(text, from: start, depth: depth) {
            (scanner: inout JSONScanner, _, _, kind, value) throws(JSONError) in
            try scanner.skip(kind, text, from: value, depth: depth + 1)
        }
    }

    /// Steps over an object and notes its members.
    ///
    /// As long as the names are those of the object before, in its order, they are compared with these and not read: they
    /// are plain and all different, or that object would not have been taken.
    private mutating func noted(_ text: Span<UInt8>, from start: Int, depth: Int) throws(JSONError) -> Int {
        guard depth <= limits.depth else { throw JSONError(.tooDeep, at: start) }
        members.begin()
        var offset = JSONGrammar.skipWhitespace(text, from: start &+ 1)
        while let name = members.expected {
            guard let (token, place) = JSONGrammar.name(name, text, at: offset, isFirst: members.isEmpty) else { break }
            let end = try note(
                name, token, kind: try JSONGrammar.kind(text, at: place), of: text, at: place, depth: depth)
            offset = JSONGrammar.skipWhitespace(text, from: end)
        }
        if try JSONGrammar.octet(text, at: offset) != UInt8(ascii: "}") {
            offset = try others(text, from: offset, depth: depth)
        }
        members.end()
        return offset &+ 1
    }

    /// Notes the members from the first one on that is not as in the object before.
    private mutating func others(_ text: Span<UInt8>, from start: Int, depth: Int) throws(JSONError) -> Int {
        var page = ledger.open()
        for member in members.diverge() { ledger.add(member.name, member.nameToken, to: &page, of: text) }
        return try rest(text, from: start, after: members.count, on: &page) {
            (scanner: inout JSONScanner, name, token, kind, place) throws(JSONError) in
            try scanner.note(name, token, kind: kind, of: text, at: place, depth: depth)
        }
    }

    @inline(__always)
    private mutating func note(
        _ name: JSONName, _ token: JSONStringToken, kind: JSONKind, of text: Span<UInt8>, at start: Int, depth: Int
    ) throws(JSONError) -> Int {
        if kind == .string {
            let string = try JSONGrammar.string(text, at: start)
            members.note(Member(name, token, string: string))
            return string.end &+ 1
        }
        let end = try skip(kind, text, from: start, depth: depth + 1)
        members.note(Member(name, token, kind: kind, start: start, end: end))
        return end
    }

    /// Reads the names of an object and has `value` step over what follows each.
    @inline(__always)
    private mutating func members(
        _ text: Span<UInt8>, from start: Int, depth: Int, value: Value
    ) throws(JSONError) -> Int {
        guard depth <= limits.depth else { throw JSONError(.tooDeep, at: start) }
        var page = ledger.open()
        return try rest(
            text, from: JSONGrammar.skipWhitespace(text, from: start &+ 1), after: 0, on: &page, value: value) &+ 1
    }

    /// The same after `begun` members of an object, to its closing brace.
    @inline(__always)
    private mutating func rest(
        _ text: Span<UInt8>, from start: Int, after begun: Int, on page: inout JSONNameLedger.Page, value: Value
    ) throws(JSONError) -> Int {
        var (offset, count) = (start, begun)
        while try JSONGrammar.octet(text, at: offset) != UInt8(ascii: "}") {
            if count > 0 { offset = try JSONGrammar.comma(text, at: offset) }
            guard count < limits.members else { throw JSONError(.tooManyMembers, at: offset) }
            let (token, place) = try JSONGrammar.name(text, at: offset)
            let name = note(token, on: &page, of: text)
            let end = try value(&self, name, token, try JSONGrammar.kind(text, at: place), place)
            offset = JSONGrammar.skipWhitespace(text, from: end)
            count &+= 1
        }
        ledger.close(page)
        return offset
    }

    @inline(__always)
    private mutating func note(
        _ token: JSONStringToken, on page: inout JSONNameLedger.Page, of text: Span<UInt8>
    ) -> JSONName {
        guard !token.hasEscapes else {
            ledger.add(token, to: &page, of: text)
            return JSONName(token.bytes(in: text).span)
        }
        let name = JSONName(text, from: token.start, to: token.end)
        ledger.add(name, token, to: &page, of: text)
        return name
    }

    /// Has `element` step over every element of an array.
    @inline(__always)
    private mutating func elements(
        _ text: Span<UInt8>, from start: Int, depth: Int,
        element: (inout JSONScanner, JSONKind, Int) throws(JSONError) -> Int
    ) throws(JSONError) -> Int {
        guard depth <= limits.depth else { throw JSONError(.tooDeep, at: start) }
        var (offset, count) = (JSONGrammar.skipWhitespace(text, from: start &+ 1), 0)
        while try JSONGrammar.octet(text, at: offset) != UInt8(ascii: "]") {
            if count > 0 { offset = try JSONGrammar.comma(text, at: offset) }
            guard count < limits.elements else { throw JSONError(.tooManyElements, at: offset) }
            let end = try element(&self, try JSONGrammar.kind(text, at: offset), offset)
            offset = JSONGrammar.skipWhitespace(text, from: end)
            count &+= 1
        }
        return offset &+ 1
    }
}
