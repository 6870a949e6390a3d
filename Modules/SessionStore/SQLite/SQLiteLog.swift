/// Keeps the write-ahead log short: writes it back into the database every thousand frames, and notices when a reader
/// that does not end keeps that from happening.
struct SQLiteLog: Sendable {
    private static let stepCount = 1_000
    private static let pageCount = 4_096
    private static let patience: Int32 = 20

    private let path: String
    private let limit: Int
    private let notice: @Sendable (SessionStoreEvent) -> Void
    private var nextCheckpoint = stepCount
    private var isLong = false

    /// - Parameters:
    ///   - path: the database, for events.
    ///   - limit: the most octets of log; beyond, nothing is written until the log is short again.
    ///   - notice: is told when the log has a quarter of that.
    init(path: String, limit: Int, notice: @escaping @Sendable (SessionStoreEvent) -> Void) {
        self.path = path
        self.limit = limit
        self.notice = notice
    }

    /// Whether it is time to write the log back.
    mutating func isDue(_ connection: SQLiteConnection) -> Bool {
        let frames = connection.logFrames
        if frames < Self.stepCount { nextCheckpoint = Self.stepCount }
        return frames >= nextCheckpoint
    }

    /// Writes the log back. Called by the holder of the writers' lock, between transactions.
    mutating func checkpoint(_ connection: SQLiteConnection) throws(SessionStoreError) {
        let rest = try writeBack(connection)
        nextCheckpoint = rest == 0 ? Self.stepCount : connection.logFrames + Self.stepCount
        report(rest)
    }

    /// Refuses to make a log longer that has reached its limit, unless it can be written back now.
    mutating func requireRoom(_ connection: SQLiteConnection) throws(SessionStoreError) {
        guard connection.logFrames * Self.pageCount > limit else { return }
        guard try writeBack(connection) == 0 else { throw .logFull(path: path) }
    }

    /// Gives the number of frames that a reader still needs; zero when the log begins anew with the next commit.
    private func writeBack(_ connection: SQLiteConnection) throws(SessionStoreError) -> Int {
        connection.wait(upTo: Self.patience)
        defer { connection.wait(upTo: SQLiteConnection.patience) }
        let answer = try connection.statement("PRAGMA wal_checkpoint(RESTART)").run { row in
            (isBusy: row.integer(0) != 0, frames: Int(row.integer(1)))
        }
        guard let answer = answer.first, answer.isBusy else { return 0 }
        return max(answer.frames, 1)
    }

    private mutating func report(_ frames: Int) {
        let octets = frames * Self.pageCount
        defer { isLong = octets > limit / 4 }
        if octets > limit / 4, !isLong { notice(.longLog(path: path, octets: octets)) }
    }
}
