/// The names of the objects that are open, so that a name given twice in one object is found.
///
/// Up to a handful of plain names are compared where they stand, which copies nothing. More names, or one with
/// escapes, move to a set of their octets: its hashing is seeded per process, so that hostile names cannot make
/// the check quadratic.
struct JSONNameLedger {
    /// One object's share of the ledger.
    struct Page {
        fileprivate let first: Int
        fileprivate var octets: Set<[UInt8]> = []
    }

    private static let comparedInPlace = 16
    private var names: [JSONStringToken] = []

    mutating func open() -> Page {
        Page(first: names.count)
    }

    mutating func close(_ page: Page) {
        names.removeSubrange(page.first...)
    }

    /// Forgets every page, after a text was given up halfway.
    mutating func reset() {
        names.removeAll(keepingCapacity: true)
    }

    mutating func add(_ name: JSONStringToken, to page: inout Page, _ text: Span<UInt8>) throws(JSONError) {
        let isNew =
            if page.octets.isEmpty, !name.hasEscapes, names.count - page.first < Self.comparedInPlace {
                addInPlace(name, to: page, text)
            } else {
                addToSet(name, of: &page, text)
            }
        guard isNew else { throw JSONError(.duplicateName, at: name.start) }
    }

    private mutating func addInPlace(_ name: JSONStringToken, to page: Page, _ text: Span<UInt8>) -> Bool {
        for index in page.first..<names.count where names[index].isSame(as: name, in: text) { return false }
        names.append(name)
        return true
    }

    private mutating func addToSet(_ name: JSONStringToken, of page: inout Page, _ text: Span<UInt8>) -> Bool {
        if page.octets.isEmpty {
            for index in page.first..<names.count { page.octets.insert(names[index].bytes(in: text)) }
        }
        return page.octets.insert(name.bytes(in: text)).inserted
    }
}
