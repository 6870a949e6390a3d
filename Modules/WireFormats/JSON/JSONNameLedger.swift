/// The names of the objects that are open, so that a name given twice in one object is found.
///
/// Up to a handful of short plain names are compared as numbers. More names, a long one, or one with escapes move to a
/// set of their octets: its hashing is seeded per process, so that hostile names cannot make the check quadratic.
struct JSONNameLedger {
    /// One object's share of the ledger.
    struct Page {
        fileprivate let first: Int
        fileprivate var marks: UInt64 = 0
        fileprivate var octets: Set<[UInt8]> = []
    }

    /// Where a plain name stands: 32 bits are enough for what a scanner takes.
    private struct Entry {
        let name: JSONName
        let start, end: UInt32

        var token: JSONStringToken { JSONStringToken(start: Int(start), end: Int(end), hasEscapes: false) }
    }

    private static let comparedInPlace = 32
    private var entries: [Entry] = []
    /// Where a name stands that its object had already; the text is then refused, if only for that, at its end.
    private(set) var repeated: Int?

    mutating func open() -> Page {
        Page(first: entries.count)
    }

    mutating func close(_ page: Page) {
        entries.removeSubrange(page.first...)
    }

    /// Forgets every page, after a text was given up halfway.
    mutating func reset() {
        if !entries.isEmpty { entries.removeAll(keepingCapacity: true) }
        repeated = nil
    }

    /// Notes a name without escapes, of which `name` is made.
    @inline(__always)
    mutating func add(_ name: JSONName, _ token: JSONStringToken, to page: inout Page, of text: Span<UInt8>) {
        let isPlain = name.isWhole && page.octets.isEmpty && entries.count &- page.first < Self.comparedInPlace
        guard isPlain else { return addToSet(token, on: &page, of: text) }
        let isNew = page.marks & name.mark == 0 || !contains(name, page)
        page.marks |= name.mark
        let (start, end) = (UInt32(truncatingIfNeeded: token.start), UInt32(truncatingIfNeeded: token.end))
        entries.append(Entry(name: name, start: start, end: end))
        if !isNew { note(token) }
    }

    /// Notes a name, which may have escapes.
    mutating func add(_ token: JSONStringToken, to page: inout Page, of text: Span<UInt8>) {
        guard !token.hasEscapes else { return addToSet(token, on: &page, of: text) }
        add(JSONName(text, from: token.start, to: token.end), token, to: &page, of: text)
    }

    /// Refuses the text whose end has been reached if a name was repeated in it.
    func finish() throws(JSONError) {
        if let repeated { throw JSONError(.duplicateName, at: repeated) }
    }

    private mutating func note(_ token: JSONStringToken) {
        repeated = repeated ?? token.start
    }

    private func contains(_ name: JSONName, _ page: Page) -> Bool {
        for index in page.first..<entries.count where entries[index].name == name { return true }
        return false
    }

    private mutating func addToSet(_ token: JSONStringToken, on page: inout Page, of text: Span<UInt8>) {
        if page.octets.isEmpty {
            for index in page.first..<entries.count { page.octets.insert(entries[index].token.bytes(in: text)) }
        }
        if !page.octets.insert(token.bytes(in: text)).inserted { note(token) }
    }
}
