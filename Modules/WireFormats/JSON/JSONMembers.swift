/// The members of one object in the order of its text, found by name.
///
/// Storage is kept: the next object with the same names in the same order, as an issuer's tokens have, costs no more than
/// to note where its values stand.
package struct JSONMembers: Sendable {
    private static let lastPlace = Int(UInt8.max)

    private var list: [JSONScanner.Member] = []
    /// For every slot of a name, one more than where the first member of that slot stands; zero when there is none.
    private var places: [UInt8] = []
    /// How many members of the object now being read are noted. Those after them are of the object before.
    private(set) var count = 0
    private var isAsBefore = true

    package init() {}

    /// All members.
    package var all: [JSONScanner.Member] { list }

    /// The member of that name; nil for a name that is not whole, which says too little to tell one from another.
    package func first(named name: JSONName) -> JSONScanner.Member? {
        let slot = Int(name.slot)
        guard slot < places.count, name.isWhole else { return nil }
        var index = Int(places[slot]) &- 1
        guard index >= 0 else { return nil }
        while index < list.count {
            if list[index].name == name { return list[index] }
            index &+= 1
        }
        return nil
    }

    /// Forgets everything.
    mutating func removeAll() {
        list.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        begin()
    }

    /// Begins to note another object.
    mutating func begin() {
        count = 0
        isAsBefore = true
    }

    /// Whether no member of this object is noted yet.
    var isEmpty: Bool { count == 0 }

    /// The name that comes next if this object is like the one before; nil once it was not, and for a name that is not
    /// as it is written.
    @inline(__always)
    var expected: JSONName? {
        guard isAsBefore, count < list.count, !list[count].nameHasEscapes, list[count].name.isWhole else { return nil }
        return list[count].name
    }

    /// Notes the next member. While the object is like the one before, it is of the expected name.
    @inline(__always)
    mutating func note(_ member: JSONScanner.Member) {
        if isAsBefore { list[count] = member } else { list.append(member) }
        count &+= 1
    }

    /// Forgets what is left of the object before. Answers what is noted already, if it was as before so far.
    mutating func diverge() -> [JSONScanner.Member] {
        guard isAsBefore else { return [] }
        isAsBefore = false
        list.removeLast(list.count &- count)
        return list
    }

    /// Ends the object.
    mutating func end() {
        if isAsBefore, count == list.count, !places.isEmpty { return }
        list.removeLast(list.count &- count)
        places.removeAll(keepingCapacity: true)
        places.append(contentsOf: repeatElement(0, count: JSONName.slots))
        for (index, member) in list.enumerated() where places[Int(member.name.slot)] == 0 {
            places[Int(member.name.slot)] = UInt8(min(index + 1, Self.lastPlace))
        }
    }
}
