import Concurrency
public import OAuthTypes

/// Keeps records in this process: for one process, for development and for tests. All records are lost when the process
/// ends.
///
/// Limited for each kind of record, by number and by octets. Locks are sharded and held for one look-up; nothing here
/// suspends.
public final class MemorySessionStore: IndexedSessionStore {
    /// The limit of one kind of record.
    public struct Limit: Hashable, Sendable {
        /// What happens when the limit is reached.
        public enum Overflow: Hashable, Sendable {
            /// The record that would expire first is evicted.
            case evictOldestExpiring
            /// The new record is refused with ``SessionStoreError/full(_:)``: for records that guard against replay.
            case refuse
        }

        /// The maximum number of records.
        public var count: Int
        /// The maximum octets of payload, tags and a flat 512 a record, which is somewhat more than it takes.
        public var octets: Int
        /// What happens beyond the limit.
        public var overflow: Overflow

        static let flatCharge = 512

        /// Creates a limit.
        public init(count: Int, octets: Int, overflow: Overflow) {
            self.count = count
            self.octets = octets
            self.overflow = overflow
        }

        /// The default limit: 100,000 records and 256 MiB of sessions, of which those that expire first are evicted, as
        /// are 10,000 saved requests in 64 MiB; 100,000 records and 64 MiB of each other kind, 128 MiB of code leases,
        /// which refuses more.
        public static func standard(for kind: SessionKey.Kind) -> Limit {
            switch kind {
            case .session: Limit(count: 100_000, octets: 256 << 20, overflow: .evictOldestExpiring)
            case .savedRequest: Limit(count: 10_000, octets: 64 << 20, overflow: .evictOldestExpiring)
            case .codeLease: Limit(count: 100_000, octets: 128 << 20, overflow: .refuse)
            case .logoutTokenID, .logoutMark: Limit(count: 100_000, octets: 64 << 20, overflow: .refuse)
            }
        }
    }

    // A step holds the lock of its shard, for which others wait.
    private static let purgeStep = 4

    // By the kind's raw value.
    private let shards: [[MemoryShard]]

    /// Creates an empty store. Kinds not named in `limits` have ``Limit/standard(for:)``.
    ///
    /// A limit of 4,096 records or more is divided among 16 shards, so that a shard may reach its part somewhat before
    /// the whole is reached.
    public init(limits: [SessionKey.Kind: Limit] = [:]) {
        let last = SessionKey.Kind.allCases.map(\.rawValue).max() ?? 0
        var shards: [[MemoryShard]] = Array(repeating: [], count: Int(last) + 1)
        for kind in SessionKey.Kind.allCases {
            shards[Int(kind.rawValue)] = MemoryShard.shards(of: kind, limit: limits[kind] ?? .standard(for: kind))
        }
        self.shards = shards
    }

    /// The live record for `key`; see ``SessionStore/read(_:at:)``.
    public func read(_ key: SessionKey, at now: UnixTime) async -> SessionRecord? {
        shard(of: key).withTable { $0.record(for: key, at: now) }
    }

    /// Keeps `record`; see ``SessionStore/write(_:for:if:at:)``.
    /// - Throws: ``SessionStoreError/oversized(_:)`` and ``SessionStoreError/full(_:)``; nothing was written then.
    public func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws(SessionStoreError) -> Bool {
        try record.checkSize()
        return try shard(of: key).withTable { table throws(SessionStoreError) in
            try table.write(record, for: key, if: condition, at: now)
        }
    }

    /// Extends the record for `key`; see ``SessionStore/touch(_:until:at:)``.
    public func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async -> Bool {
        shard(of: key).withTable { $0.touch(key, until: idleEnd, at: now) }
    }

    /// Removes the record for `key`; see ``SessionStore/remove(_:at:)``.
    public func remove(_ key: SessionKey, at now: UnixTime) async -> SessionRecord? {
        shard(of: key).withTable { $0.remove(key, at: now) }
    }

    /// Removes expired records; see ``SessionStore/purge(expiredBefore:limit:)``.
    public func purge(expiredBefore time: UnixTime, limit: Int) async -> Int {
        var purged = 0
        var unfinished = Array(everyShard)
        // A few of each shard in turn: a caller that waits for one gets it while the others are purged.
        while purged < limit, !unfinished.isEmpty {
            unfinished = unfinished.filter { shard in
                let step = min(Self.purgeStep, limit - purged)
                guard step > 0 else { return false }
                let count = shard.withTable { $0.purge(expiredBefore: time, limit: step) }
                purged += count
                return count == step
            }
        }
        return purged
    }

    /// Keys of live records; see ``IndexedSessionStore/keys(matching:after:limit:at:)``.
    public func keys(
        matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime
    ) async -> [SessionKey] {
        let found = everyShard.flatMap { shard in
            shard.withTable { $0.keys(matching: tag, after: after, limit: limit, at: now) }
        }
        return Array(found.sorted().prefix(max(limit, 0)))
    }

    /// Removes tagged records; see ``IndexedSessionStore/removeAll(matching:limit:at:)``.
    public func removeAll(matching tag: IndexTag, limit: Int, at now: UnixTime) async -> [SessionRecord] {
        var removed: [SessionRecord] = []
        for shard in everyShard where removed.count < limit {
            removed += shard.withTable { $0.removeAll(matching: tag, limit: limit - removed.count, at: now) }
        }
        return removed
    }

    private var everyShard: FlattenSequence<[[MemoryShard]]> { shards.joined() }

    private func shard(of key: SessionKey) -> MemoryShard {
        let shards = shards[Int(key.kind.rawValue)]
        return shards[key.shard(among: shards.count)]
    }
}

/// A part of one kind's records behind a lock of its own.
final class MemoryShard: Sendable {
    private let table: Lock<MemoryTable>

    private init(kind: SessionKey.Kind, limit: MemorySessionStore.Limit) {
        table = Lock(MemoryTable(kind: kind, limit: limit))
    }

    func withTable<Result: Sendable>(
        _ body: (inout MemoryTable) throws(SessionStoreError) -> Result
    ) throws(SessionStoreError) -> Result {
        try table.withLock { table throws(SessionStoreError) in try body(&table) }
    }

    func withTable<Result: Sendable>(_ body: (inout MemoryTable) -> Result) -> Result {
        table.withLock { body(&$0) }
    }

    static func shards(of kind: SessionKey.Kind, limit: MemorySessionStore.Limit) -> [MemoryShard] {
        let count = limit.count < 4_096 ? 1 : 16
        var part = limit
        part.count = limit.count / count
        part.octets = limit.octets / count
        return (0..<count).map { _ in MemoryShard(kind: kind, limit: part) }
    }
}
