public import OAuthTypes

/// Keeps records in one SQLite database: durable, shared by the processes of one machine, without a server.
///
/// Creations, updates and removals survive power loss once they return (write-ahead log with `synchronous=FULL`);
/// writers that wait together share one fsync. Touches survive the process, and may be undone by power loss. Reads run
/// on the calling thread, writes on a thread of the store. The database and its `-wal` and `-shm` files have mode 0600,
/// and a database that others may open is refused. Several stores may be open on one file, in one process or in
/// several. A lock file beside it lets one of them write at a time, and none while the log is written back, which
/// avoids the write-ahead log's bug in SQLite before 3.51.3. Beyond the process's limit on the size of files a write
/// fails: SIGXFSZ is ignored from the first opening on, unless the program handles it.
///
/// If the files are removed or replaced while the store is open, the next write or one of the next 32 reads throws
/// ``SessionStoreError/displaced(path:)``, and so does every later call: open a new store. Do not use a store in a
/// forked child.
public final class SQLiteSessionStore: IndexedSessionStore {
    /// Options of a store.
    public struct Options: Hashable, Sendable {
        /// What happens to a database that is damaged when it is opened.
        public enum Damage: Hashable, Sendable {
            /// Opening throws; the operator decides.
            case refuse
            /// The files are renamed to `….damaged-…` with ``SessionStoreEvent/movedAside(path:to:)``, and an empty
            /// database replaces them: all users are logged out, and records against replay are forgotten.
            case moveAside
        }

        /// How a database is checked when it is opened.
        public enum Check: Hashable, Sendable {
            /// Every page and row, with SQLite's `quick_check`: reads the whole file.
            case whole
            /// Only the first page. Damage elsewhere is an error of the call that meets it.
            case none
        }

        /// What happens to a damaged database.
        public var damage: Damage
        /// How it is checked.
        public var check: Check
        /// The maximum octets of write-ahead log. It grows while a reader, such as a backup, does not end; there is an
        /// event from a quarter of this on, and beyond it writes throw ``SessionStoreError/logFull(path:)``.
        public var logLimit: Int

        /// Creates options: by default damage is refused, the whole file is checked, and the log may grow to 1 GiB.
        public init(damage: Damage = .refuse, check: Check = .whole, logLimit: Int = 1 << 30) {
            self.damage = damage
            self.check = check
            self.logLimit = logLimit
        }
    }

    private static let purgeStep = 64

    private let readers: SQLiteReaders
    private let writer: SQLiteWriter
    private let notice: @Sendable (SessionStoreEvent) -> Void

    /// Opens the database at `path`, and creates it if it does not exist; its directory must exist.
    /// - Parameters:
    ///   - path: the database file.
    ///   - options: for example what happens to a damaged database.
    ///   - random: `.system`, outside tests.
    ///   - onEvent: receives events for the operator; must not block.
    /// - Throws: ``SessionStoreError``: `newerFormat` for a database of a newer release, `foreign` and `noDatabase` for
    ///   other files, `exposed` if others may open it, `corrupt`, `busy`, or the system's error.
    public init(
        path: String, options: Options = Options(), random: RandomSource = .system,
        onEvent: @escaping @Sendable (SessionStoreEvent) -> Void = { _ in }
    ) throws(SessionStoreError) {
        FileSizeLimit.failWrites()
        let path = try FilePath.resolved(path)
        let opening = SQLiteOpening(path: path, options: options, random: random, notice: onEvent)
        let connection = try opening.open()
        let files = try StoreFiles(path: path, others: SQLiteFile.companions(of: path), notice: onEvent)
        readers = SQLiteReaders(files: files)
        writer = try SQLiteWriter(
            connection: connection, files: files, logLimit: options.logLimit, notice: onEvent)
        notice = onEvent
    }

    /// The live record for `key`; see ``SessionStore/read(_:at:)``.
    public func read(_ key: SessionKey, at now: UnixTime) async throws(SessionStoreError) -> SessionRecord? {
        let row = try readers.read { connection throws(SessionStoreError) in
            try SQLiteRecords(connection).row(for: key)
        }
        return row?.live(at: now, under: key, notice: notice)
    }

    /// Keeps `record`, durable on return; see ``SessionStore/write(_:for:if:at:)``.
    public func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws(SessionStoreError) -> Bool {
        try record.checkSize()
        return try await writer.write(.full) { connection throws(SessionStoreError) in
            try SQLiteRecords(connection).write(record, for: key, if: condition, at: now)
        }
    }

    /// Extends the record for `key`; see ``SessionStore/touch(_:until:at:)``.
    public func touch(
        _ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime
    ) async throws(SessionStoreError) -> Bool {
        try await writer.write(.relaxed) { connection throws(SessionStoreError) in
            try SQLiteRecords(connection).touch(key, until: idleEnd, at: now)
        }
    }

    /// Removes the record for `key`, durable on return; see ``SessionStore/remove(_:at:)``.
    public func remove(_ key: SessionKey, at now: UnixTime) async throws(SessionStoreError) -> SessionRecord? {
        let row = try await writer.write(.full) { connection throws(SessionStoreError) in
            try SQLiteRecords(connection).remove(key)
        }
        return row?.live(at: now, under: key, notice: notice)
    }

    /// Removes expired records in steps, between which other writers have their turn; see
    /// ``SessionStore/purge(expiredBefore:limit:)``.
    public func purge(expiredBefore time: UnixTime, limit: Int) async throws(SessionStoreError) -> Int {
        var purged = 0
        while purged < limit {
            let step = min(Self.purgeStep, limit - purged)
            let count = try await writer.write(.relaxed) { connection throws(SessionStoreError) in
                try SQLiteRecords(connection).purge(expiredBefore: time, limit: step)
            }
            purged += count
            guard count == step else { break }
        }
        return purged
    }

    /// Keys of live records; see ``IndexedSessionStore/keys(matching:after:limit:at:)``.
    public func keys(
        matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime
    ) async throws(SessionStoreError) -> [SessionKey] {
        try readers.read { connection throws(SessionStoreError) in
            try SQLiteRecords(connection).keys(matching: tag, after: after, limit: limit, at: now)
        }
    }

    /// Removes tagged records, durable on return; see ``IndexedSessionStore/removeAll(matching:limit:at:)``.
    public func removeAll(
        matching tag: IndexTag, limit: Int, at now: UnixTime
    ) async throws(SessionStoreError) -> [SessionRecord] {
        let removed = try await writer.write(.full) { connection throws(SessionStoreError) in
            try SQLiteRecords(connection).removeAll(matching: tag, limit: limit, at: now)
        }
        return removed.compactMap { $0.row.live(at: now, under: $0.key, notice: notice) }
    }
}
