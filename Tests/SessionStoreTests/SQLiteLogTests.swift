import OAuthTypes
import SessionStore
import SessionStoreTesting
import Testing

/// How the write-ahead log stays short, and how several stores on one file affect each other.
struct SQLiteLogTests {
    private let directory: TemporaryDirectory
    private let path: String
    private let now = UnixTime(seconds: 1_000)

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path + "/sessions.sqlite"
    }

    @Test func writesTheLogBack() async throws {
        let store = try SQLiteSessionStore(path: path)
        for _ in 0..<400 { try await create(in: store, payload: 20_000) }
        #expect(try readFile(path + "-wal").count < 10 << 20)
        #expect(try readFile(path).count > 6 << 20)
    }

    /// A reader that does not end cannot make the log grow without bound, and the operator is told.
    @Test func boundsTheLogUnderALongReader() async throws {
        let events = EventLog()
        let limit = 24 << 20
        let store = try SQLiteSessionStore(path: path, options: .init(logLimit: limit)) { events.append($0) }
        let key = try await create(in: store, payload: 10)
        let reader = try RawDatabase(path)
        try reader.execute("BEGIN; SELECT count(*) FROM record")
        await #expect(throws: SessionStoreError.logFull(path: path)) {
            for _ in 0..<100 { try await create(in: store, payload: 500_000) }
        }
        #expect(try readFile(path + "-wal").count < limit + (1 << 20))
        #expect(events.all.count { if case .longLog = $0 { true } else { false } } == 1)
        #expect(try await store.read(key, at: now) != nil)
        try reader.execute("COMMIT")
        try await create(in: store, payload: 10)
    }

    /// Two stores on one file, in one process, lose nothing, and closing one does not open the other's locks.
    @Test func opensOneFileTwice() async throws {
        let first = try SQLiteSessionStore(path: path)
        for _ in 0..<20 {
            let second = try SQLiteSessionStore(path: path)
            let key = try await create(in: second, payload: 10)
            #expect(try await first.read(key, at: now) != nil)
            try await create(in: first, payload: 10)
        }
        let database = try RawDatabase(path)
        #expect(try database.integer("SELECT count(*) FROM record") == 40)
        #expect(try database.text("PRAGMA integrity_check") == "ok")
    }

    /// A thousand races between a removal and a late update.
    @Test func removedStaysRemovedInAThousandRaces() async throws {
        let kit = SessionStoreKit(tasks: 2, rounds: 1_000)
        try await kit.check(.removalBeatsLateUpdates) { try SQLiteSessionStore(path: path) }
    }

    /// The lock beside the database is ours as well.
    @Test func refusesALockThatIsASymbolicLink() throws {
        let canary = directory.path + "/canary"
        try makeSymbolicLink(path + "-lock", to: canary)
        #expect(throws: SessionStoreError.exposed(path: path + "-lock", .type)) { try SQLiteSessionStore(path: path) }
        #expect(mode(of: canary) == nil)
    }

    @discardableResult
    private func create(in store: SQLiteSessionStore, payload: Int) async throws -> SessionKey {
        let key = SessionID().key
        let record = SessionRecord(
            revision: Revision(), idleEnd: UnixTime(seconds: 1_100), absoluteEnd: UnixTime(seconds: 2_000),
            summary: .empty, secrets: SealedPayload(octets: Array(repeating: 7, count: payload)))
        #expect(try await store.write(record, for: key, if: .absent, at: now))
        return key
    }
}
