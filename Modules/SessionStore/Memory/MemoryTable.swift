import OAuthTypes

/// Records of one kind with their index and the order in which they expire: a value, changed under its shard's lock.
struct MemoryTable: Sendable {
    private let kind: SessionKey.Kind
    private let limit: MemorySessionStore.Limit
    private var slab = MemorySlab()
    private var index = MemoryIndex()
    private var queue = ExpiryQueue()
    private var octets = 0

    init(kind: SessionKey.Kind, limit: MemorySessionStore.Limit) {
        self.kind = kind
        self.limit = limit
    }

    func record(for key: SessionKey, at now: UnixTime) -> SessionRecord? {
        guard let record = slab.slot(of: key).flatMap(slab.record(at:)), record.isLive(at: now) else { return nil }
        return record
    }

    mutating func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) throws(SessionStoreError) -> Bool {
        guard condition.holds(for: self.record(for: key, at: now)) else { return false }
        if let slot = slab.slot(of: key), fits(record.charge, replacing: slot) {
            replace(slot, with: record)
            return true
        }
        try makeRoom(for: record.charge, replacing: key, at: now)
        delete(key)
        insert(record, for: key)
        return true
    }

    mutating func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) -> Bool {
        guard let slot = slab.slot(of: key), let record = slab.record(at: slot), record.isLive(at: now) else {
            return false
        }
        slab.setIdleEnd(record.touched(until: idleEnd).idleEnd, at: slot)
        return true
    }

    mutating func remove(_ key: SessionKey, at now: UnixTime) -> SessionRecord? {
        guard let removed = delete(key), removed.isLive(at: now) else { return nil }
        return removed
    }

    mutating func purge(expiredBefore time: UnixTime, limit: Int) -> Int {
        var purged = 0
        while purged < limit, let oldest = oldestExpiring(), !oldest.record.isLive(at: time) {
            delete(oldest.key)
            purged += 1
        }
        return purged
    }

    func keys(matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime) -> [SessionKey] {
        guard limit > 0 else { return [] }
        let live = index.slots(under: tag, after: after, in: slab).lazy
            .filter { slab.record(at: $0)?.isLive(at: now) == true }
        return live.prefix(limit).compactMap(slab.key(at:))
    }

    mutating func removeAll(matching tag: IndexTag, limit: Int, at now: UnixTime) -> [SessionRecord] {
        keys(matching: tag, after: nil, limit: limit, at: now).compactMap { delete($0) }
    }
}

extension MemoryTable {
    // Throws before any live record is given up.
    private mutating func makeRoom(
        for charge: Int, replacing key: SessionKey, at now: UnixTime
    ) throws(SessionStoreError) {
        guard limit.count > 0, charge <= limit.octets else { throw .full(kind) }
        switch limit.overflow {
        case .evictOldestExpiring:
            delete(key)
            while !fits(charge, replacing: nil), let oldest = oldestExpiring() { delete(oldest.key) }
        case .refuse:
            while !fits(charge, replacing: slab.slot(of: key)), let oldest = oldestExpiring(),
                !oldest.record.isLive(at: now)
            {
                delete(oldest.key)
            }
            guard fits(charge, replacing: slab.slot(of: key)) else { throw .full(kind) }
        }
    }

    private func fits(_ charge: Int, replacing slot: UInt32?) -> Bool {
        let replaced = slot.flatMap(slab.record(at:))
        let count = replaced == nil ? slab.count : slab.count - 1
        return count < limit.count && octets - (replaced?.charge ?? 0) + charge <= limit.octets
    }

    private mutating func oldestExpiring() -> (key: SessionKey, record: SessionRecord)? {
        while let node = queue.first, let record = slab.record(at: node.slot), let key = slab.key(at: node.slot) {
            guard record.end > node.due else { return (key, record) }
            queue.change(0, due: record.end, in: &slab)
        }
        return nil
    }

    private mutating func insert(_ record: SessionRecord, for key: SessionKey) {
        let slot = slab.insert(record, for: key)
        octets += record.charge
        queue.insert(slot, due: record.end, in: &slab)
        index.insert(slot, under: record.tags, in: slab)
    }

    private mutating func replace(_ slot: UInt32, with record: SessionRecord) {
        guard let old = slab.record(at: slot), let queued = slab.queueIndex(of: slot) else { return }
        octets += record.charge - old.charge
        if old.tags != record.tags {
            index.remove(slot, under: old.tags, in: slab)
            index.insert(slot, under: record.tags, in: slab)
        }
        slab.setRecord(record, at: slot)
        if record.end < queue.due(at: queued) { queue.change(queued, due: record.end, in: &slab) }
    }

    @discardableResult
    private mutating func delete(_ key: SessionKey) -> SessionRecord? {
        guard
            let slot = slab.slot(of: key), let record = slab.record(at: slot), let queued = slab.queueIndex(of: slot)
        else { return nil }
        octets -= record.charge
        index.remove(slot, under: record.tags, in: slab)
        queue.remove(at: queued, in: &slab)
        slab.remove(key)
        return record
    }
}

extension WriteCondition {
    /// Whether the condition holds where `record` is what is live.
    func holds(for record: SessionRecord?) -> Bool {
        switch self {
        case .absent: record == nil
        case .revision(let revision): record?.revision == revision
        }
    }
}

extension SessionRecord {
    /// What a record counts in a bound of octets.
    fileprivate var charge: Int {
        MemorySessionStore.Limit.flatCharge + 16 * tags.count + summary.octets.count + secrets.octets.count
    }
}

extension SessionKey {
    func shard(among count: Int) -> Int { Int(truncatingIfNeeded: hashWord % UInt64(count)) }
}
