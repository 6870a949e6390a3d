public import OAuthTypes

/// Keeps each record in a file of its own: durable, shared by the processes of one machine, without a library, easy to
/// inspect and to back up.
///
/// A write is on the disk when it returns: temporary file, fsync, rename, fsync of the directory. A touch sets the
/// file's modification time, which a power loss may undo. Directories have mode 0700 and files 0600 regardless of the
/// umask, names consist of digests only, and symbolic links are never followed. Compare-and-swap relies on `flock`, so
/// the directory must be on a local file system. Reads run on the calling thread, writes on threads of the store.
/// Beyond the process's limit on the size of files a write fails: SIGXFSZ is ignored from the first opening on, unless
/// the program handles it.
///
/// If the directory is removed or replaced while the store is open, the next write or one of the next 32 reads throws
/// ``SessionStoreError/displaced(path:)``, and so does every later call: open a new store.
public final class FileSessionStore: IndexedSessionStore {
    private static let purgeStep = 64

    private let layout: FileLayout
    private let queues = FileQueues()
    private let notice: @Sendable (SessionStoreEvent) -> Void

    /// Opens the store in the directory `path`, and creates it if it does not exist; its parent must exist.
    /// - Parameters:
    ///   - path: the directory.
    ///   - random: `.system`, outside tests.
    ///   - onEvent: receives events for the operator; must not block.
    /// - Throws: ``SessionStoreError``: `newerFormat` for a newer release's store, `foreign` for a directory with other
    ///   content, `exposed` if others may open it or it is a symbolic link, or the system's error.
    public init(
        path: String, random: RandomSource = .system,
        onEvent: @escaping @Sendable (SessionStoreEvent) -> Void = { _ in }
    ) throws(SessionStoreError) {
        FileSizeLimit.failWrites()
        layout = try FileLayout(path: path, random: random, notice: onEvent)
        notice = onEvent
    }

    /// The live record for `key`; see ``SessionStore/read(_:at:)``.
    public func read(_ key: SessionKey, at now: UnixTime) async throws(SessionStoreError) -> SessionRecord? {
        try layout.requireDirectoryNowAndThen()
        guard !layout.doubtful.contains(key.shard) else {
            let found = try await withShard(of: key) { shard throws(SessionStoreError) in try shard.find(key) }
            return found?.live(at: now, under: key, notice: notice)
        }
        return try layout.shard(key.shard).find(key)?.live(at: now, under: key, notice: notice)
    }

    /// Keeps `record`, durable on return; see ``SessionStore/write(_:for:if:at:)``.
    public func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws(SessionStoreError) -> Bool {
        try record.checkSize()
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
        return found?.live(at: now, under: key, notice: notice)
    }

    /// Removes expired records shard by shard in small steps, and files that killed writers left; see
    /// ``SessionStore/purge(expiredBefore:limit:)``.
    public func purge(expiredBefore time: UnixTime, limit: Int) async throws(SessionStoreError) -> Int {
        var purged = 0
        for number in UInt8.min...UInt8.max where purged < limit {
            var candidates = try await candidates(in: number, before: time)[...]
            while purged < limit, !candidates.isEmpty {
                let step = Array(candidates.prefix(min(Self.purgeStep, limit - purged)))
                candidates = candidates.dropFirst(step.count)
                purged += try await collect(step, in: number, expiredBefore: time)
            }
        }
        return purged
    }

    /// Keys of live records; see ``IndexedSessionStore/keys(matching:after:limit:at:)``.
    public func keys(
        matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime
    ) async throws(SessionStoreError) -> [SessionKey] {
        try layout.requireDirectory()
        var found: [SessionKey] = []
        for key in try layout.index.keys(under: tag) where found.count < limit {
            if let after, key <= after { continue }
            guard let record = try layout.shard(key.shard).find(key)?.record, record.isLive(at: now) else { continue }
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
        try layout.requireDirectory()
        for key in try layout.index.keys(under: tag) where removed.count < limit {
            let found = try await withShard(of: key) { shard throws(SessionStoreError) in
                let found = try shard.remove(key) { $0.isLive(at: now) && $0.tags.contains(tag) }
                if found?.record == nil { try shard.tidy(key, under: tag) }
                return found
            }
            if let record = found?.record { removed.append(record) }
        }
        return removed
    }

    private func candidates(in number: UInt8, before time: UnixTime) async throws(SessionStoreError) -> [SessionKey] {
        try await queues.run(number) { [layout] () throws(SessionStoreError) in
            try layout.requireDirectory()
            try FileShard(number, of: layout).sweep(at: time)
            return try layout.shard(number).expirable(before: time)
        }
    }

    // Other calls have their turn between two steps.
    private func collect(
        _ keys: [SessionKey], in number: UInt8, expiredBefore time: UnixTime
    ) async throws(SessionStoreError) -> Int {
        try await queues.run(number) { [layout] () throws(SessionStoreError) in
            let shard = try FileShard(number, of: layout)
            var collected = 0
            for key in keys where try shard.collect(key, expiredBefore: time) { collected += 1 }
            return collected
        }
    }

    private func withShard<Answer: Sendable>(
        of key: SessionKey, perform body: @escaping @Sendable (borrowing FileShard) throws(SessionStoreError) -> Answer
    ) async throws(SessionStoreError) -> Answer {
        try await queues.run(key.shard) { [layout] () throws(SessionStoreError) in
            try layout.requireDirectory()
            return try body(FileShard(key.shard, of: layout))
        }
    }
}
