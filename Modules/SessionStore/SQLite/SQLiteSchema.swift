/// The tables, and how they come to be: one step for each version.
enum SQLiteSchema {
    /// The version this release makes and knows.
    static let version = steps.count

    /// What leads from each version to the next one, beginning with an empty database. A step that has been released
    /// never changes.
    private static let steps = [firstTables]

    /// `SLFS`: tells our databases from others'.
    private static let applicationID: Int64 = 0x534C_4653

    /// Brings an open database to ``version``, or refuses it before anything is changed; returns whether it was empty.
    /// One transaction: if it is killed, the database is unchanged. Safe for several processes at once.
    static func prepare(_ connection: SQLiteConnection, path: String) throws(SessionStoreError) -> Bool {
        let isCurrent = try found(connection, path: path) == version
        try connection.useWriteAheadLog()
        guard !isCurrent else { return false }
        try connection.execute("PRAGMA synchronous = FULL; BEGIN IMMEDIATE")
        do {
            // Another process may have been quicker.
            let first = try found(connection, path: path)
            for step in steps[first...] { try connection.execute(step) }
            try connection.execute(
                "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version); COMMIT")
            return first == 0
        } catch {
            try? connection.execute("ROLLBACK")
            throw error
        }
    }

    /// - Throws: ``SessionStoreError/corrupt(path:)`` unless every page and every row is where it belongs.
    static func check(_ connection: SQLiteConnection, path: String) throws(SessionStoreError) {
        let answer = try connection.statement("PRAGMA quick_check(1)").run { $0.blob(0) }
        guard answer == [Array("ok".utf8)] else { throw .corrupt(path: path) }
    }

    /// The version of a database of ours; zero for one without anything in it.
    private static func found(_ connection: SQLiteConnection, path: String) throws(SessionStoreError) -> Int {
        let application = try integer("PRAGMA application_id", on: connection)
        let found = Int(try integer("PRAGMA user_version", on: connection))
        if application == applicationID {
            guard found <= version else { throw .newerFormat(path: path, version: found, known: version) }
            guard found > 0 else { throw .foreign(path: path) }
            return found
        }
        let tables = try integer("SELECT count(*) FROM sqlite_schema", on: connection)
        guard application == 0, found == 0, tables == 0 else { throw .foreign(path: path) }
        return 0
    }

    private static let firstTables = """
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
        """

    private static func integer(
        _ sql: String, on connection: SQLiteConnection
    ) throws(SessionStoreError) -> Int64 {
        try connection.statement(sql).run { $0.integer(0) }.first ?? 0
    }
}
