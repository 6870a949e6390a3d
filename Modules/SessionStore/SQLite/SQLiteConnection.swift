import CSQLite

/// One connection with its prepared statements.
// Sendable: used by one thread at a time; the pool and the writer hand it over.
@safe final class SQLiteConnection: @unchecked Sendable {
    /// The default waiting time of a statement, in milliseconds.
    static let patience: Int32 = 5_000

    private let handle: OpaquePointer
    private let path: String
    private let frames: UnsafeMutablePointer<Int32>
    private var statements: [String: SQLiteStatement] = [:]
    private var last: SQLiteStatement?

    /// Opens an existing database file; it creates none, and follows no symbolic link.
    init(path: String) throws(SessionStoreError) {
        var opened: OpaquePointer?
        let flags = CSQLITE_OPEN_READWRITE | CSQLITE_OPEN_NOMUTEX | CSQLITE_OPEN_NOFOLLOW | CSQLITE_OPEN_EXRESCODE
        let code = unsafe sqlite3_open_v2(path, &opened, flags, nil)
        guard code == CSQLITE_OK, let handle = unsafe opened else {
            unsafe sqlite3_close_v2(opened)
            throw .sqlite(code, during: "open", path: path)
        }
        unsafe self.handle = handle
        self.path = path
        unsafe frames = .allocate(capacity: 1)
        unsafe frames.initialize(to: 0)
        try harden()
    }

    deinit {
        last = nil
        statements.removeAll()
        unsafe sqlite3_close_v2(handle)
        unsafe frames.deallocate()
    }

    /// How many frames the write-ahead log had after this connection's last commit.
    var logFrames: Int { unsafe Int(frames.pointee) }

    /// Leaves the files as they are when the connection closes: what is damaged is evidence.
    func leaveFilesAlone() {
        _ = unsafe csqlite_set(handle, CSQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    }

    /// How long a statement waits for another connection's lock, in milliseconds.
    func wait(upTo milliseconds: Int32) { unsafe sqlite3_busy_timeout(handle, milliseconds) }

    /// Runs statements that answer nothing.
    func execute(_ sql: String) throws(SessionStoreError) {
        let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == CSQLITE_OK else { throw .sqlite(code, during: sql, path: path) }
    }

    /// The statement for `sql`, prepared once; only literals of ours are ever passed.
    func statement(_ sql: String) throws(SessionStoreError) -> SQLiteStatement {
        // A reader asks for the same one again and again, by the same literal.
        if let last, last.sql == sql { return last }
        if let kept = statements[sql] {
            last = kept
            return kept
        }
        var prepared: OpaquePointer?
        let code = unsafe sqlite3_prepare_v3(handle, sql, -1, CSQLITE_PREPARE_PERSISTENT, &prepared, nil)
        guard code == CSQLITE_OK, let prepared = unsafe prepared else { throw .sqlite(code, during: sql, path: path) }
        let statement = unsafe SQLiteStatement(prepared, sql: sql, path: path)
        statements[sql] = statement
        return statement
    }

    /// How many rows the last statement changed.
    var changes: Int { unsafe Int(sqlite3_changes(handle)) }

    /// Turns the write-ahead log on, which stays on for the file. SQLite does not always wait for another process that
    /// does the same.
    func useWriteAheadLog() throws(SessionStoreError) {
        for _ in 0..<100 {
            do throws(SessionStoreError) {
                let mode = try statement("PRAGMA journal_mode = WAL").run { $0.blob(0) }.first
                guard mode == Array("wal".utf8) else { throw SessionStoreError.sqlite(code: 1, during: "journal_mode") }
                return
            } catch .busy { sqlite3_sleep(50) }
        }
        throw .busy
    }

    private func harden() throws(SessionStoreError) {
        for (option, value) in [
            (CSQLITE_DBCONFIG_DEFENSIVE, 1), (CSQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
            (CSQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0), (CSQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
            (CSQLITE_DBCONFIG_ENABLE_VIEW, 0),
        ] as [(Int32, Int32)] {
            let code = unsafe csqlite_set(handle, option, value)
            guard code == CSQLITE_OK else { throw .sqlite(code, during: "hardening", path: path) }
        }
        // A larger row is not ours, and is never read.
        unsafe sqlite3_limit(handle, CSQLITE_LIMIT_LENGTH, Int32(SessionRecord.maximumPayloadCount + 1 << 16))
        unsafe sqlite3_limit(handle, CSQLITE_LIMIT_ATTACHED, 0)
        // The writer checkpoints; SQLite by itself does not.
        unsafe csqlite_watch_log(handle, frames)
        wait(upTo: Self.patience)
        try execute("PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0")
        // On macOS fsync leaves the octets in the drive's own memory; elsewhere these do nothing.
        try execute("PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON")
    }
}

extension SessionStoreError {
    /// Names what SQLite said; `path` is the database's.
    static func sqlite(_ code: Int32, during sql: String, path: String) -> SessionStoreError {
        switch code & 0xFF {
        case CSQLITE_BUSY, CSQLITE_LOCKED: .busy
        case CSQLITE_FULL: .noSpace(path: path)
        case CSQLITE_CORRUPT: .corrupt(path: path)
        case CSQLITE_NOTADB: .noDatabase(path: path)
        default: .sqlite(code: code, during: sql)
        }
    }
}
