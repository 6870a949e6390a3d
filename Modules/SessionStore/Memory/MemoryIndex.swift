import OAuthTypes

/// Which slots carry a tag, in the order of their keys. Most tags are carried by one.
struct MemoryIndex: Sendable {
    private enum Slots: Sendable {
        case one(UInt32)
        case many([UInt32])
    }

    private var slots: [IndexTag: Slots] = [:]

    mutating func insert(_ slot: UInt32, under tags: [IndexTag], in slab: MemorySlab) {
        for tag in tags {
            switch slots[tag] {
            case nil: slots[tag] = .one(slot)
            case .one(slot): break
            case .one(let other): slots[tag] = .many(Self.inserting(slot, into: [other], in: slab))
            case .many(let others):
                // Emptied first, so that the array is changed in its place.
                slots[tag] = .one(slot)
                slots[tag] = .many(Self.inserting(slot, into: others, in: slab))
            }
        }
    }

    mutating func remove(_ slot: UInt32, under tags: [IndexTag], in slab: MemorySlab) {
        for tag in tags {
            switch slots[tag] {
            case nil: break
            case .one(let other): if other == slot { slots[tag] = nil }
            case .many(let others):
                slots[tag] = .one(slot)
                slots[tag] = Self.removing(slot, from: others, in: slab)
            }
        }
    }

    /// The slots under `tag` whose keys come behind `after`, ascending.
    func slots(under tag: IndexTag, after: SessionKey?, in slab: MemorySlab) -> ArraySlice<UInt32> {
        let all: [UInt32]
        switch slots[tag] {
        case nil: return []
        case .one(let slot): all = [slot]
        case .many(let slots): all = slots
        }
        guard let after else { return all[...] }
        return all[all.partitioningIndex { slab.key(at: $0).map { after < $0 } ?? true }...]
    }

    private static func inserting(
        _ slot: UInt32, into others: consuming [UInt32], in slab: MemorySlab
    ) -> [UInt32] {
        guard let key = slab.key(at: slot) else { return others }
        let index = others.partitioningIndex { slab.key(at: $0).map { key <= $0 } ?? true }
        if index < others.count, others[index] == slot { return others }
        others.insert(slot, at: index)
        return others
    }

    private static func removing(_ slot: UInt32, from others: consuming [UInt32], in slab: MemorySlab) -> Slots? {
        guard let key = slab.key(at: slot) else { return .many(others) }
        let index = others.partitioningIndex { slab.key(at: $0).map { key <= $0 } ?? true }
        if index < others.count, others[index] == slot { others.remove(at: index) }
        guard others.count < 2 else { return .many(others) }
        return others.first.map(Slots.one)
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first index from which on `belongsBehind` holds; the collection must be partitioned by it.
    fileprivate func partitioningIndex(where belongsBehind: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if belongsBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
