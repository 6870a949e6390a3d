/// The tables, and how they come to be.
enum SQLiteSchema {
    /// The version this release makes and knows.
    static let version = 1

    /// `SLFS`: tells our databases from others'.
    private static let applicationID: Int64 = 0x534C_4653

    /// Brings an open database to ``version``, or refuses it before anything is changed. Safe for several
    /// processes at once.
    static func prepare(_ connection: SQLiteConnection, path: String) throws(SessionStoreError) {
        let isCurrent = try isCurrent(connection, path: path)
        try connection.useWriteAheadLog()
        guard !isCurrent else { return }
        try connection.execute("PRAGMA synchronous = FULL; BEGIN IMMEDIATE")
        do {
            // Another process may have been quicker.
            if try !Self.isCurrent(connection, path: path) { try create(connection) }
            try connection.execute("COMMIT")
        } catch {
            try? connection.execute("ROLLBACK")
            throw error
        }
    }

    private static func isCurrent(_ connection: SQLiteConnection, path: String) throws(SessionStoreError) -> Bool {
        let application = try integer("PRAGMA application_id", connection)
        let found = try integer("PRAGMA user_version", connection)
        if application == applicationID {
            guard found <= version else { throw .newerFormat(path: path, version: Int(found), known: version) }
            guard found == version else { throw .foreign(path: path) }
            return true
        }
        let tables = try integer("SELECT count(*) FROM sqlite_schema", connection)
        guard application == 0, found == 0, tables == 0 else { throw .foreign(path: path) }
        return false
    }

    private static func create(_ connection: SQLiteConnection) throws(SessionStoreError) {
        try connection.execute(
            """
            CREATE TABLE record (
                kind INTEGER NOT NULL, digest BLOB NOT NULL, revision BLOB NOT NULL,
                idle_end INTEGER NOT NULL, absolute_end INTEGER NOT NULL, expires_at INTEGER NOT NULL,
                tags BLOB NOT NULL, summary BLOB NOT NULL, secrets BLOB NOT NULL,
                UNIQUE (kind, digest)
            ) STRICT;
            CREATE INDEX record_expiry ON record (expires_at);
            CREATE TABLE tagged (
                tag BLOB NOT NULL, kind INTEGER NOT NULL, digest BLOB NOT NULL,
                PRIMARY KEY (tag, kind, digest)
            ) STRICT, WITHOUT ROWID;
            PRAGMA application_id = \(applicationID);
            PRAGMA user_version = \(version);
            """)
    }

    private static func integer(
        _ sql: String, _ connection: SQLiteConnection
    ) throws(SessionStoreError) -> Int64 {
        try connection.statement(sql).run { $0.integer(0) }.first ?? 0
    }
}
