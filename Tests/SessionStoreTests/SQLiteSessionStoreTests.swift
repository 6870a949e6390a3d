import CSQLite
import Glibc
import OAuthTypes
import SessionStore
import SessionStoreTesting
import Synchronization
import Testing

struct SQLiteSessionStoreTests {
    private let directory: TemporaryDirectory
    private let path: String
    private let now = UnixTime(seconds: 1_000)

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path + "/sessions.sqlite"
    }

    @Test(arguments: SessionStoreLaw.allCases)
    func keeps(_ law: SessionStoreLaw) async throws {
        try await SessionStoreKit().check(law) { try SQLiteSessionStore(path: path) }
    }

    @Test(arguments: IndexedStoreLaw.allCases)
    func keeps(_ law: IndexedStoreLaw) async throws {
        try await SessionStoreKit().check(law) { try SQLiteSessionStore(path: path) }
    }

    @Test(arguments: DurableStoreLaw.allCases)
    func keeps(_ law: DurableStoreLaw) async throws {
        try await SessionStoreKit().check(law) { try SQLiteSessionStore(path: path) }
    }

    @Test(arguments: SharedStoreLaw.allCases)
    func keeps(_ law: SharedStoreLaw) async throws {
        try await SessionStoreKit().check(law) { try SQLiteSessionStore(path: path) }
    }

    @Test(arguments: StoreFilesLaw.allCases)
    func keeps(_ law: StoreFilesLaw) async throws {
        try await SessionStoreKit().check(law, below: directory.path) {
            try SQLiteSessionStore(path: $0 + "/sessions.sqlite")
        }
    }

    /// 16 tasks × 100 updates leave 1,600.
    @Test func losesNoUpdateOfSixteenTasks() async throws {
        try await SessionStoreKit(tasks: 16, rounds: 100).check(.noUpdateIsLost) { try SQLiteSessionStore(path: path) }
    }

    /// No other user may open any of the files.
    @Test func createsFilesForTheOwnerOnly() async throws {
        let store = try SQLiteSessionStore(path: path)
        try await create(in: store)
        for suffix in ["", "-wal", "-shm", "-lock"] { #expect(mode(of: path + suffix) == 0o600) }
        #expect(try directory.contents().count == 4)
    }

    @Test(arguments: [0o644, 0o660, 0o601] as [mode_t])
    func refusesAFileThatOthersMayOpen(_ exposed: mode_t) throws {
        do { _ = try SQLiteSessionStore(path: path) }
        try changeMode(of: path, to: exposed)
        #expect(throws: SessionStoreError.exposed(path: path, .mode(UInt32(exposed)))) {
            try SQLiteSessionStore(path: path)
        }
    }

    /// A symbolic link in the database's place is refused, and what it points to stays as it is.
    @Test func refusesASymbolicLink() throws {
        let target = directory.path + "/canary"
        try writeFile(target, [])
        try makeSymbolicLink(path, to: target)
        #expect(throws: SessionStoreError.exposed(path: path, .type)) { try SQLiteSessionStore(path: path) }
        #expect(try readFile(target).isEmpty)
    }

    @Test func refusesALogThatIsASymbolicLink() async throws {
        do { _ = try SQLiteSessionStore(path: path) }
        let target = directory.path + "/canary"
        try writeFile(target, [])
        try makeSymbolicLink(path + "-wal", to: target)
        #expect(throws: SessionStoreError.exposed(path: path + "-wal", .type)) { try SQLiteSessionStore(path: path) }
    }

    /// A newer release's database is refused as it is.
    @Test func refusesANewerDatabase() throws {
        do { _ = try SQLiteSessionStore(path: path) }
        try RawDatabase(path).execute("PRAGMA user_version = 9")
        #expect(throws: SessionStoreError.newerFormat(path: path, version: 9, known: 1)) {
            try SQLiteSessionStore(path: path)
        }
    }

    @Test func refusesAForeignDatabase() throws {
        try writeFile(path, [])
        try RawDatabase(path).execute("CREATE TABLE theirs (id INTEGER)")
        let before = try readFile(path)
        #expect(throws: SessionStoreError.foreign(path: path)) { try SQLiteSessionStore(path: path) }
        #expect(try readFile(path) == before)
    }

    /// What is no database is refused, and stays as it is.
    @Test(arguments: [Array("a text, and no database at all".utf8), Array(repeating: 0, count: 8_192)])
    func refusesWhatIsNoDatabase(_ contents: [UInt8]) throws {
        try writeFile(path, contents)
        #expect(throws: SessionStoreError.noDatabase(path: path)) { try SQLiteSessionStore(path: path) }
        #expect(try readFile(path) == contents)
    }

    /// A missing directory is an error that names it.
    @Test func namesAMissingDirectory() {
        let missing = directory.path + "/missing"
        #expect(throws: SessionStoreError.system(call: "realpath", path: missing, errno: ENOENT)) {
            try SQLiteSessionStore(path: missing + "/sessions.sqlite")
        }
    }

    /// A damaged record is no session, and the operator is told.
    @Test func tellsOfADamagedRecord() async throws {
        let events = EventLog()
        let store = try SQLiteSessionStore(path: path) { events.append($0) }
        let key = try await create(in: store)
        try RawDatabase(path).execute("UPDATE record SET revision = x'00'")
        #expect(try await store.read(key, at: now) == nil)
        #expect(events.all == [.created(path: path), .unreadableRecord(key)])
        let record = sample()
        #expect(try await store.write(record, for: key, if: .absent, at: now))
        #expect(try await store.read(key, at: now) == record)
    }

    /// Neither id nor token is found in any file.
    @Test func holdsNeitherIDNorTokens() async throws {
        let store = try SQLiteSessionStore(path: path)
        let canaries = try await fillWithCanaries(store, at: now)
        let files = try directory.contents()
        #expect(files.values.contains { $0.count > 10_000 })
        for (name, octets) in files {
            for canary in canaries { #expect(!octets.contains(text: canary), "\(name)") }
        }
    }

    /// Purging really removes rows, tags too.
    @Test func purgesRowsAndTags() async throws {
        let store = try SQLiteSessionStore(path: path)
        for _ in 0..<1_200 { try await create(in: store) }
        #expect(try await store.purge(expiredBefore: UnixTime(seconds: 1_100), limit: 1_100) == 1_100)
        #expect(try await store.purge(expiredBefore: UnixTime(seconds: 1_100), limit: .max) == 100)
        let database = try RawDatabase(path)
        #expect(try database.integer("SELECT count(*) FROM record") == 0)
        #expect(try database.integer("SELECT count(*) FROM tagged") == 0)
    }

    /// The settings that durability and hardening rest on.
    @Test func usesAWriteAheadLog() async throws {
        let store = try SQLiteSessionStore(path: path)
        try await create(in: store)
        let database = try RawDatabase(path)
        #expect(try database.text("PRAGMA journal_mode") == "wal")
        #expect(try database.text("PRAGMA integrity_check") == "ok")
    }

    /// Code planted in the schema does not run, and octets are data, whatever they spell.
    @Test func runsNothingThatIsPlanted() async throws {
        let store = try SQLiteSessionStore(path: path)
        try RawDatabase(path).execute(
            "CREATE TRIGGER planted AFTER INSERT ON record BEGIN DELETE FROM record; END")
        let digest = Array("'; DROP TABLE record; --''''''''".utf8)
        let key = try #require(SessionKey(kind: .session, digest: digest))
        let record = sample()
        #expect(try await store.write(record, for: key, if: .absent, at: now))
        #expect(try await store.read(key, at: now) == record)
    }

    /// Another process that holds the lock for too long makes an error, not a hang, and no harm.
    @Test func waitsForALockOnlySoLong() async throws {
        let store = try SQLiteSessionStore(path: path)
        let database = try RawDatabase(path)
        try database.execute("BEGIN IMMEDIATE")
        await #expect(throws: SessionStoreError.busy) { try await create(in: store) }
        try database.execute("ROLLBACK")
        try await create(in: store)
    }

    private func sample() -> SessionRecord {
        SessionRecord(
            revision: Revision(), idleEnd: UnixTime(seconds: 1_100), absoluteEnd: UnixTime(seconds: 2_000),
            summary: SealedPayload(octets: [1, 2, 3]), secrets: SealedPayload(octets: [4, 5]),
            tags: [1, 2].compactMap { IndexTag(octets: Array(repeating: $0, count: 16)) })
    }

    @discardableResult
    private func create(in store: SQLiteSessionStore) async throws -> SessionKey {
        let key = SessionID().key
        #expect(try await store.write(sample(), for: key, if: .absent, at: now))
        return key
    }
}

/// Writes sealed sessions with recognisable ids and tokens, and gives what must not be found again.
func fillWithCanaries(_ store: any IndexedSessionStore, at now: UnixTime) async throws -> [String] {
    let keys = SealingKeys(generatedBy: .system)
    let sealer = RecordSealer(keys: keys)
    let issuer = try Issuer("https://login.example")
    var canaries: [String] = []
    for number in 0..<60 {
        let id = SessionID()
        let token = "canary-token-\(number)-\(SessionID().exposedText)"
        let mail = "canary-\(number)@mail.example"
        let context = SealingContext(id.key, absoluteEnd: now.adding(seconds: 1_000))
        let record = SessionRecord(
            revision: Revision(), idleEnd: now.adding(seconds: 100), absoluteEnd: now.adding(seconds: 1_000),
            summary: try sealer.sealSummary(Array(mail.utf8), in: context),
            secrets: try sealer.sealSecrets(Array(token.utf8), in: context, browser: id.browserSecret),
            tags: [keys.tagMakers[0].subject(try SubjectID(mail), at: issuer)])
        _ = try await store.write(record, for: id.key, if: .absent, at: now)
        canaries += [id.exposedText, token, mail]
    }
    return canaries
}

/// What a store told, in order.
final class EventLog: Sendable {
    private let events = Mutex<[SessionStoreEvent]>([])

    func append(_ event: SessionStoreEvent) { events.withLock { $0.append(event) } }

    var all: [SessionStoreEvent] { events.withLock { $0 } }
}

/// The database as anyone else sees it.
@safe final class RawDatabase {
    struct SQLiteError: Error { let code: Int32 }

    private let handle: OpaquePointer

    init(_ path: String) throws {
        var opened: OpaquePointer?
        let code = unsafe sqlite3_open(path, &opened)
        guard code == CSQLITE_OK, let handle = unsafe opened else { throw SQLiteError(code: code) }
        unsafe self.handle = handle
    }

    deinit { unsafe sqlite3_close_v2(handle) }

    func execute(_ sql: String) throws {
        let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == CSQLITE_OK else { throw SQLiteError(code: code) }
    }

    func text(_ sql: String) throws -> String? {
        var statement: OpaquePointer?
        let code = unsafe sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
        guard code == CSQLITE_OK else { throw SQLiteError(code: code) }
        defer { unsafe sqlite3_finalize(statement) }
        guard unsafe sqlite3_step(statement) == CSQLITE_ROW else { return nil }
        return unsafe sqlite3_column_text(statement, 0).map { unsafe String(cString: $0) }
    }

    func integer(_ sql: String) throws -> Int? { try text(sql).flatMap { Int($0) } }
}
