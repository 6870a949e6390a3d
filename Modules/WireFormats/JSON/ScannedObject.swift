/// A validated JSON object of which only the text is kept: reading a member scans it again.
package struct JSONText: Sendable {
    /// The text.
    package let octets: [UInt8]

    /// Keeps a text that a scanner validated.
    package init(octets: [UInt8]) { self.octets = octets }

    /// The object with the positions of its members.
    package var scanned: ScannedObject {
        (try? ScannedObject(scanning: octets)) ?? ScannedObject(octets: octets, members: JSONMembers())
    }
}

/// A validated JSON object whose members are read only when needed.
@usableFromInline
package struct ScannedObject: Sendable {
    @usableFromInline package typealias Member = JSONScanner.Member

    /// The text.
    @usableFromInline package let octets: [UInt8]
    /// Where the members stand in it.
    package let members: JSONMembers

    /// `members` are those that a scanner found in `octets`.
    package init(octets: [UInt8], members: JSONMembers) {
        self.octets = octets
        self.members = members
    }

    /// Validates `octets` and finds the members.
    package init(scanning octets: [UInt8]) throws(JSONError) {
        var scanner = JSONScanner()
        try scanner.scan(octets.span)
        self.init(octets: octets, members: scanner.members)
    }

    /// The member of exactly that name, escapes resolved; nil for a name that is not whole.
    package func member(_ name: JSONName) -> Member? {
        members.first(named: name)
    }

    /// The member of exactly that name, escapes resolved.
    package func member(_ name: String) -> Member? {
        let short = JSONName(name)
        guard !short.isWhole else { return member(short) }
        return members.all.first { $0.name == short && isName(name, of: $0) }
    }

    /// The result of `body` for a string's octets, escapes resolved; nil for another kind of value.
    @inlinable
    package func withText<Result>(_ member: Member, perform body: (Span<UInt8>) -> Result) -> Result? {
        guard member.kind == .string else { return nil }
        let range = member.value
        guard member.valueHasEscapes else {
            return body(octets.span.extracting(range.lowerBound + 1..<range.upperBound - 1))
        }
        return value(member)?.stringValue.map { body(Array($0.utf8).span) }
    }

    /// The text of a string; nil for another kind of value.
    package func text(_ member: Member) -> String? {
        guard member.kind == .string else { return nil }
        guard !member.valueHasEscapes else { return value(member)?.stringValue }
        return String(decoding: octets[member.value].dropFirst().dropLast(), as: UTF8.self)
    }

    /// Whether the member is a string of exactly these octets.
    package func isText(_ member: Member, equalTo expected: String) -> Bool {
        withText(member) { text in expected.withOctets { text.hasSameOctets(as: $0) } } ?? false
    }

    /// The value itself. It was validated, so that only a limit stricter than the scanner's could make it nil.
    @usableFromInline
    package func value(_ member: Member) -> JSONValue? {
        try? JSONReader.value(octets.span.extracting(member.value))
    }

    /// What to keep when the members are no longer needed.
    package var text: JSONText { JSONText(octets: octets) }

    /// All members as a value.
    package var object: JSONObject { (try? JSONReader.object(octets)) ?? [:] }

    private func isName(_ name: String, of member: Member) -> Bool {
        guard member.nameHasEscapes else { return octets[member.nameRange].elementsEqual(name.utf8) }
        let quoted = member.nameRange.lowerBound - 1..<member.nameRange.upperBound + 1
        let resolved = try? JSONReader.value(octets.span.extracting(quoted)).stringValue
        return resolved?.utf8.elementsEqual(name.utf8) ?? false
    }
}
