import Concurrency

/// Connections for reading. A read runs inline on one of them: hopping to another thread costs more than the read.
final class SQLiteReaders: Sendable {
    private static let keptCount = 8

    private let idle = Lock<[SQLiteConnection]>([])
    private let files: StoreFiles

    init(files: StoreFiles) { self.files = files }

    /// Runs `body` on a connection that no other caller uses meanwhile.
    func read<Answer>(
        _ body: (SQLiteConnection) throws(SessionStoreError) -> Answer
    ) throws(SessionStoreError) -> Answer {
        try files.requireFirstNowAndThen()
        let connection: SQLiteConnection
        if let kept = idle.withLock({ $0.popLast() }) { connection = kept } else { connection = try open() }
        defer { giveBack(connection) }
        return try body(connection)
    }

    private func open() throws(SessionStoreError) -> SQLiteConnection {
        let connection = try SQLiteConnection(path: files.path)
        try connection.execute("PRAGMA query_only = ON")
        return connection
    }

    private func giveBack(_ connection: SQLiteConnection) {
        idle.withLock { idle in
            if idle.count < Self.keptCount { idle.append(connection) }
        }
    }
}
