/// A JSON object: named values in the order they were written, every name once.
///
/// Names are compared by their octets. Look-up walks the members, which suits the handful that tokens and metadata
/// have. Two objects are equal when they have the same members in the same order.
public struct JSONObject: Sendable, Hashable {
    struct Member: Sendable, Hashable {
        var name: String
        var value: JSONValue

        static func == (left: Member, right: Member) -> Bool {
            left.name.hasSameOctets(as: right.name) && left.value == right.value
        }
    }

    private var storage: [Member]

    /// An object without members.
    public init() {
        storage = []
    }

    /// An object of the given members; of a name given twice the last value stays, in the first one's place.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        storage = []
        for (name, value) in members { self[name] = value }
    }

    init(uniqueMembers: [Member]) {
        storage = uniqueMembers
    }

    /// How many members there are.
    public var count: Int { storage.count }

    /// Whether there is no member.
    public var isEmpty: Bool { storage.isEmpty }

    /// Names and values in order.
    public var members: [(name: String, value: JSONValue)] {
        storage.map { (name: $0.name, value: $0.value) }
    }

    /// The value of a name, nil when there is none.
    ///
    /// Setting a new name appends it, setting a known one keeps its place, and setting nil removes the member. The
    /// literal `null` is `.some(.null)`.
    public subscript(name: String) -> JSONValue? {
        get { index(of: name).map { storage[$0].value } }
        set {
            switch (index(of: name), newValue) {
            case (let index?, let value?): storage[index].value = value
            case (let index?, nil): storage.remove(at: index)
            case (nil, let value?): storage.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    private func index(of name: String) -> Int? {
        storage.firstIndex { $0.name.hasSameOctets(as: name) }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object of the given members; of a name given twice the last value stays, in the first one's place.
    public init(dictionaryLiteral members: (String, JSONValue)...) {
        self.init(members)
    }
}
