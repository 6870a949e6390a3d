import Concurrency
import Dispatch

/// The one connection that writes, on a thread of its own. Writers that wait together share a transaction and its
/// fsync; each has a savepoint, so that one's failure is not another's.
final class SQLiteWriter: Sendable {
    /// How much a write must outlive.
    enum Durability: Sendable {
        /// Power loss.
        case full
        /// The process; power loss may undo it.
        case relaxed
    }

    private static let batchCount = 128
    private static let waitingCount = 16_384

    private struct Waiting: Sendable {
        var jobs: [any SQLiteJob] = []
        var isDraining = false
    }

    private let connection: SQLiteConnection
    private let lock: SQLiteLock
    private let log: Lock<SQLiteLog>
    private let files: StoreFiles
    private let notice: @Sendable (SessionStoreEvent) -> Void
    private let queue = DispatchQueue(label: "swift-login-flow.sqlite-writer")
    private let waiting = Lock(Waiting())
    private let synchronous = Lock<Durability?>(nil)

    init(
        connection: SQLiteConnection, files: StoreFiles, logLimit: Int,
        notice: @escaping @Sendable (SessionStoreEvent) -> Void
    ) throws(SessionStoreError) {
        self.connection = connection
        self.files = files
        self.notice = notice
        lock = try SQLiteLock(of: files.path)
        log = Lock(SQLiteLog(path: files.path, limit: logLimit, notice: notice))
    }

    /// Runs `body` in a transaction and returns when that is committed.
    func write<Answer: Sendable>(
        _ durability: Durability, _ body: @escaping @Sendable (SQLiteConnection) throws(SessionStoreError) -> Answer
    ) async throws(SessionStoreError) -> Answer {
        let result = await withCheckedContinuation { continuation in
            let job = SQLiteTransaction(durability: durability, body: body) { continuation.resume(returning: $0) }
            enqueue(job)
        }
        return try result.get()
    }

    private func enqueue(_ job: some SQLiteJob) {
        let (isAccepted, mustDrain) = waiting.withLock { waiting in
            guard waiting.jobs.count < Self.waitingCount else { return (false, false) }
            waiting.jobs.append(job)
            defer { waiting.isDraining = true }
            return (true, !waiting.isDraining)
        }
        guard isAccepted else { return job.finish(.overloaded) }
        if mustDrain { queue.async { self.drain() } }
    }

    private func drain() {
        while let batch = nextBatch() { commit(batch) }
    }

    private func nextBatch() -> [any SQLiteJob]? {
        waiting.withLock { waiting in
            guard !waiting.jobs.isEmpty else {
                waiting.isDraining = false
                return nil
            }
            defer { waiting.jobs.removeFirst(min(Self.batchCount, waiting.jobs.count)) }
            return Array(waiting.jobs.prefix(Self.batchCount))
        }
    }

    private func commit(_ batch: [any SQLiteJob]) {
        do throws(SessionStoreError) {
            try require(batch.allSatisfy { $0.durability == .relaxed } ? .relaxed : .full)
            try lock.hold { () throws(SessionStoreError) in
                try log.withLock { log throws(SessionStoreError) in try log.requireRoom(connection) }
                try transact(batch)
                // What is written to files without a name is lost.
                try files.requireAll()
            }
        } catch { return batch.forEach { $0.finish(error) } }
        batch.forEach { $0.finish(nil) }
        checkpointIfDue()
    }

    private func transact(_ batch: [any SQLiteJob]) throws(SessionStoreError) {
        try connection.execute("BEGIN IMMEDIATE")
        do throws(SessionStoreError) {
            for job in batch { try run(job) }
            try connection.statement("COMMIT").run()
        } catch {
            try? connection.execute("ROLLBACK")
            throw error
        }
    }

    // No caller waits for it: what fails now is done after the next commit.
    private func checkpointIfDue() {
        guard log.withLock({ $0.isDue(connection) }) else { return }
        do throws(SessionStoreError) {
            try lock.hold { () throws(SessionStoreError) in
                try log.withLock { log throws(SessionStoreError) in try log.checkpoint(connection) }
            }
        } catch { notice(.failedCheckpoint(path: files.path, error)) }
    }

    // A job's own failure is kept in the job and undone to its savepoint; what is thrown here ends the batch.
    private func run(_ job: any SQLiteJob) throws(SessionStoreError) {
        try connection.statement("SAVEPOINT job").run()
        if let failure = job.run(on: connection) {
            // After a full disk SQLite has rolled back everything: then this failure is everyone's.
            do { try connection.statement("ROLLBACK TO job").run() } catch { throw failure }
        }
        try connection.statement("RELEASE job").run()
    }

    // `synchronous` cannot be changed inside a transaction.
    private func require(_ durability: Durability) throws(SessionStoreError) {
        guard synchronous.withLock({ $0 }) != durability else { return }
        try connection.execute("PRAGMA synchronous = \(durability == .full ? "FULL" : "NORMAL")")
        synchronous.withLock { $0 = durability }
    }
}

/// A write that waits its turn.
protocol SQLiteJob: Sendable {
    var durability: SQLiteWriter.Durability { get }

    /// Runs inside a savepoint; a failure asks for it to be undone.
    func run(on connection: SQLiteConnection) -> SessionStoreError?

    /// Tells the waiting task, once: the commit failed with `failure`, or it is done.
    func finish(_ failure: SessionStoreError?)
}

private final class SQLiteTransaction<Answer: Sendable>: SQLiteJob {
    typealias Outcome = Result<Answer, SessionStoreError>

    let durability: SQLiteWriter.Durability
    private let body: @Sendable (SQLiteConnection) throws(SessionStoreError) -> Answer
    private let tell: @Sendable (Outcome) -> Void
    private let outcome = Lock<Outcome?>(nil)

    init(
        durability: SQLiteWriter.Durability,
        body: @escaping @Sendable (SQLiteConnection) throws(SessionStoreError) -> Answer,
        tell: @escaping @Sendable (Outcome) -> Void
    ) {
        self.durability = durability
        self.body = body
        self.tell = tell
    }

    func run(on connection: SQLiteConnection) -> SessionStoreError? {
        let result = Outcome { () throws(SessionStoreError) in try body(connection) }
        outcome.withLock { $0 = result }
        guard case .failure(let failure) = result else { return nil }
        return failure
    }

    func finish(_ failure: SessionStoreError?) {
        if let failure { return tell(.failure(failure)) }
        tell(outcome.withLock { $0 } ?? .failure(.overloaded))
    }
}
