/// Validates one JSON object and notes where its members stand, without building values.
///
/// The rules are those of `JSONReader`, nested values included. A scanner may be used again for the next text; it keeps
/// its storage, so a text with no more members than the ones before it allocates nothing.
package struct JSONScanner: Sendable {
    /// A top-level member: octet ranges into the scanned text.
    package struct Member: Sendable, Hashable {
        /// Between the quotes, as written.
        package var name: Range<Int>
        /// An escaped name must be unescaped before it is compared.
        package var nameHasEscapes: Bool
        /// The whole value; a string's range includes its quotes.
        package var value: Range<Int>
        package var kind: JSONKind
    }

    /// In the order of the text; empty after a scan that threw.
    package private(set) var members: [Member] = []
    private var ledger = JSONNameLedger()
    private var cursor: JSONCursor
    private let limits: JSONLimits

    package init(limits: JSONLimits = .standard) {
        self.limits = limits
        cursor = JSONCursor(limits: limits)
    }

    /// Replaces `members` by those of `text`.
    package mutating func scan(_ text: Span<UInt8>) throws(JSONError) {
        cursor = JSONCursor(limits: limits)
        ledger.reset()
        members.removeAll(keepingCapacity: true)
        do {
            try scanTopLevel(text)
        } catch {
            members.removeAll(keepingCapacity: true)
            throw error
        }
    }

    private mutating func scanTopLevel(_ text: Span<UInt8>) throws(JSONError) {
        try cursor.begin(text)
        guard try cursor.kind(text) == .object else { throw JSONError(.notAnObject, at: cursor.offset) }
        try cursor.open()
        var page = ledger.open()
        while try cursor.advance(in: .object, count: members.count, text) {
            let name = try cursor.name(text)
            try ledger.add(name, to: &page, text)
            let start = cursor.offset
            let kind = try cursor.kind(text)
            try skipValue(kind, text)
            members.append(
                Member(
                    name: name.start..<name.end, nameHasEscapes: name.hasEscapes, value: start..<cursor.offset,
                    kind: kind))
        }
        ledger.close(page)
        try cursor.finish(text)
    }

    /// Steps over a value of the kind the cursor saw. Recursion ends at the cursor's depth limit.
    private mutating func skipValue(_ kind: JSONKind, _ text: Span<UInt8>) throws(JSONError) {
        switch kind {
        case .object: try skipObject(text)
        case .array: try skipArray(text)
        case .string: _ = try cursor.string(text)
        case .number: _ = try cursor.number(text)
        case .true: try cursor.literal(.true, text)
        case .false: try cursor.literal(.false, text)
        case .null: try cursor.literal(.null, text)
        }
    }

    private mutating func skipObject(_ text: Span<UInt8>) throws(JSONError) {
        try cursor.open()
        var page = ledger.open()
        var count = 0
        while try cursor.advance(in: .object, count: count, text) {
            try ledger.add(try cursor.name(text), to: &page, text)
            try skipValue(try cursor.kind(text), text)
            count += 1
        }
        ledger.close(page)
    }

    private mutating func skipArray(_ text: Span<UInt8>) throws(JSONError) {
        try cursor.open()
        var count = 0
        while try cursor.advance(in: .array, count: count, text) {
            try skipValue(try cursor.kind(text), text)
            count += 1
        }
    }
}
