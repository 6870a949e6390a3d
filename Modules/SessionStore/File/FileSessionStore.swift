public import OAuthTypes

/// Keeps each record in a file of its own: durable, shared by the processes of one machine, no library, easy to look
/// at and to back up.
///
/// A write is on the disk when it returns: temporary file, fsync, rename, fsync of the directory. A touch sets the
/// file's modification time, which power loss may undo. Directories have mode 0700 and files 0600 whatever the umask,
/// names are made of digests only, and symbolic links are followed nowhere. Compare-and-swap rests on `flock`, so the
/// directory must be on a local file system. Reads run at once on the calling thread, writes on threads of the
/// store's own.
public final class FileSessionStore: IndexedSessionStore {
    private let layout: FileLayout
    private let lanes = FileLanes()
    private let notice: @Sendable (SessionStoreEvent) -> Void

    /// Opens the store in the directory `path`, and makes it if nothing is there; its parent must exist.
    /// - Parameters:
    ///   - path: the directory.
    ///   - random: `.system`, outside tests.
    ///   - onEvent: is told of records that cannot be understood; must not block.
    /// - Throws: ``SessionStoreError``: `newerFormat` for a newer release's store, `foreign` for a directory that
    ///   holds something else, `exposed` when others may open it or it is a symbolic link, or what the system said.
    public init(
        path: String, random: RandomSource = .system,
        onEvent: @escaping @Sendable (SessionStoreEvent) -> Void = { _ in }
    ) throws(SessionStoreError) {
        layout = try FileLayout(path: path, random: random)
        notice = onEvent
    }

    /// The live record for `key`; see ``SessionStore/read(_:at:)``.
    public func read(_ key: SessionKey, at now: UnixTime) async throws(SessionStoreError) -> SessionRecord? {
        understand(try layout.shard(key.shard).find(key), for: key, at: now)
    }

    /// Keeps `record`, durable on return; see ``SessionStore/write(_:for:if:at:)``.
    public func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws(SessionStoreError) -> Bool {
        do { try record.checkSize() } catch { throw .oversized(error) }
        return try await withShard(of: key) { shard throws(SessionStoreError) in
            try shard.write(record, for: key, if: condition, at: now)
        }
    }

    /// Extends the record for `key`; see ``SessionStore/touch(_:until:at:)``.
    public func touch(
        _ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime
    ) async throws(SessionStoreError) -> Bool {
        try await withShard(of: key) { shard throws(SessionStoreError) in
            try shard.touch(key, until: idleEnd, at: now)
        }
    }

    /// Removes the record for `key`, durable on return; see ``SessionStore/remove(_:at:)``.
    public func remove(_ key: SessionKey, at now: UnixTime) async throws(SessionStoreError) -> SessionRecord? {
        let found = try await withShard(of: key) { shard throws(SessionStoreError) in try shard.remove(key) }
        return understand(found, for: key, at: now)
    }

    /// Collects expired records shard by shard, and what killed writers left; see
    /// ``SessionStore/purge(expiredBefore:limit:)``.
    public func purge(expiredBefore time: UnixTime, limit: Int) async throws(SessionStoreError) -> Int {
        var purged = 0
        for number in UInt8.min...UInt8.max where purged < limit {
            let rest = limit - purged
            purged += try await lanes.run(number) { [layout] () throws(SessionStoreError) in
                try Self.purge(number, of: layout, expiredBefore: time, limit: rest)
            }
        }
        return purged
    }

    /// Keys of live records; see ``IndexedSessionStore/keys(matching:after:limit:at:)``.
    public func keys(
        matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime
    ) async throws(SessionStoreError) -> [SessionKey] {
        var found: [SessionKey] = []
        for key in try layout.keys(under: tag) where found.count < limit {
            if let after, key <= after { continue }
            guard let record = try layout.shard(key.shard).find(key).record, record.isLive(at: now) else { continue }
            found.append(key)
        }
        return found
    }

    /// Removes tagged records, each durable before the next; see ``IndexedSessionStore/removeAll(matching:limit:at:)``.
    public func removeAll(
        matching tag: IndexTag, limit: Int, at now: UnixTime
    ) async throws(SessionStoreError) -> [SessionRecord] {
        var removed: [SessionRecord] = []
        guard limit > 0 else { return removed }
        for key in try layout.keys(under: tag) where removed.count < limit {
            let found = try await withShard(of: key) { shard throws(SessionStoreError) in
                let found = try shard.remove(key) { $0.isLive(at: now) && $0.tags.contains(tag) }
                if found.record == nil { try shard.tidy(key, under: tag) }
                return found
            }
            if let record = found.record { removed.append(record) }
        }
        return removed
    }

    private static func purge(
        _ number: UInt8, of layout: FileLayout, expiredBefore time: UnixTime, limit: Int
    ) throws(SessionStoreError) -> Int {
        let candidates = try layout.shard(number).expirable(before: time)
        let shard = try FileShard(number, of: layout)
        try shard.sweep(at: time)
        var purged = 0
        for key in candidates where purged < limit {
            if try shard.collect(key, expiredBefore: time) { purged += 1 }
        }
        return purged
    }

    private func withShard<Answer: Sendable>(
        of key: SessionKey, _ body: @escaping @Sendable (borrowing FileShard) throws(SessionStoreError) -> Answer
    ) async throws(SessionStoreError) -> Answer {
        try await lanes.run(key.shard) { [layout] () throws(SessionStoreError) in
            try body(FileShard(key.shard, of: layout))
        }
    }

    private func understand(_ found: FileRecord.Found, for key: SessionKey, at now: UnixTime) -> SessionRecord? {
        switch found {
        case .nothing: return nil
        case .record(let record): return record.isLive(at: now) ? record : nil
        case .newer(let version): notice(.newerRecord(key, version: version))
        case .unreadable: notice(.unreadableRecord(key))
        }
        return nil
    }
}
