/// A JSON object: named values in the order they were written, each name once.
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

    /// Creates an object of the given members; if a name occurs more than once, the last value is kept, in the first
    /// one's position.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        storage = []
        for (name, value) in members { self[name] = value }
    }

    init(uniqueMembers: [Member]) {
        storage = uniqueMembers
    }

    /// The number of members.
    public var count: Int { storage.count }

    /// Whether there are no members.
    public var isEmpty: Bool { storage.isEmpty }

    /// Names and values in order.
    public var members: [(name: String, value: JSONValue)] {
        storage.map { (name: $0.name, value: $0.value) }
    }

    /// The value of a name; nil if there is none.
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
    /// Creates an object of the given members; if a name occurs more than once, the last value is kept, in the first
    /// one's position.
    public init(dictionaryLiteral members: (String, JSONValue)...) {
        self.init(members)
    }
}
