import OAuthTypes

/// Records of one kind with their index and the order in which they expire: a value, changed under its shard's lock.
struct MemoryTable: Sendable {
    private let kind: SessionKey.Kind
    private let limit: MemorySessionStore.Limit
    private var records: [SessionKey: SessionRecord] = [:]
    private var index: [IndexTag: [SessionKey]] = [:]
    private var octets = 0
    // Each record has at least one node that is due no later than the record ends. Touched and removed records leave
    // nodes behind, which are dropped when they come up.
    private var queue = ExpiryQueue()

    init(kind: SessionKey.Kind, limit: MemorySessionStore.Limit) {
        self.kind = kind
        self.limit = limit
    }

    func record(for key: SessionKey, at now: UnixTime) -> SessionRecord? {
        guard let record = records[key], record.isLive(at: now) else { return nil }
        return record
    }

    mutating func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) throws(SessionStoreError) -> Bool {
        guard condition.holds(for: self.record(for: key, at: now)) else { return false }
        try makeRoom(for: record.charge, replacing: key, at: now)
        delete(key)
        insert(record, for: key)
        return true
    }

    mutating func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) -> Bool {
        guard let record = record(for: key, at: now) else { return false }
        records[key]?.idleEnd = record.touched(until: idleEnd).idleEnd
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
        guard let tagged = index[tag], limit > 0 else { return [] }
        let start = after.map { after in tagged.partitioningIndex { after < $0 } } ?? 0
        return Array(tagged[start...].lazy.filter { records[$0]?.isLive(at: now) == true }.prefix(limit))
    }

    mutating func removeAll(matching tag: IndexTag, limit: Int, at now: UnixTime) -> [SessionRecord] {
        keys(matching: tag, after: nil, limit: limit, at: now).compactMap { delete($0) }
    }
}

extension MemoryTable {
    // Throws before anything live was given up.
    private mutating func makeRoom(
        for charge: Int, replacing key: SessionKey, at now: UnixTime
    ) throws(SessionStoreError) {
        guard limit.count > 0, charge <= limit.octets else { throw .full(kind) }
        switch limit.overflow {
        case .evictOldestExpiring:
            delete(key)
            while !fits(charge, replacing: key), let oldest = oldestExpiring() { delete(oldest.key) }
        case .refuse:
            while !fits(charge, replacing: key), let oldest = oldestExpiring(), !oldest.record.isLive(at: now) {
                delete(oldest.key)
            }
            guard fits(charge, replacing: key) else { throw .full(kind) }
        }
    }

    private func fits(_ charge: Int, replacing key: SessionKey) -> Bool {
        let replaced = records[key]
        let count = replaced == nil ? records.count : records.count - 1
        return count < limit.count && octets - (replaced?.charge ?? 0) + charge <= limit.octets
    }

    private mutating func oldestExpiring() -> (key: SessionKey, record: SessionRecord)? {
        while let node = queue.first {
            guard let record = records[node.key] else { queue.removeFirst(); continue }
            guard record.end > node.end else { return (node.key, record) }
            queue.replaceFirst(with: ExpiryQueue.Node(end: record.end, key: node.key))
        }
        return nil
    }

    private mutating func insert(_ record: SessionRecord, for key: SessionKey) {
        records[key] = record
        octets += record.charge
        queue.insert(ExpiryQueue.Node(end: record.end, key: key))
        for tag in Set(record.tags) { index[tag, default: []].insertSorted(key) }
    }

    @discardableResult
    private mutating func delete(_ key: SessionKey) -> SessionRecord? {
        guard let record = records.removeValue(forKey: key) else { return nil }
        octets -= record.charge
        for tag in record.tags {
            index[tag]?.removeSorted(key)
            if index[tag]?.isEmpty == true { index[tag] = nil }
        }
        if queue.count > 2 * records.count + 64 {
            queue = ExpiryQueue(records.map { ExpiryQueue.Node(end: $0.value.end, key: $0.key) })
        }
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
    fileprivate var charge: Int { 256 + 16 * tags.count + summary.octets.count + secrets.octets.count }
}

extension SessionKey {
    func shard(among count: Int) -> Int { Int(truncatingIfNeeded: hashWord % UInt64(count)) }
}
