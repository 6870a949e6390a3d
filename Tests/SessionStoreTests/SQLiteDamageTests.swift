import OAuthTypes
import SessionStore
import Testing

/// What happens to a database that is damaged, gone or half copied.
struct SQLiteDamageTests {
    private let directory: TemporaryDirectory
    private let path: String
    private let now = UnixTime(seconds: 1_000)
    private let keys = SealingKeys(generatedBy: .system)

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path + "/sessions.sqlite"
    }

    enum Ruin: CaseIterable, Sendable { case header, text, zeros, secondPage }

    @Test(arguments: Ruin.allCases) func refusesADamagedDatabase(_ ruin: Ruin) async throws {
        try await ruinDatabase(ruin)
        let before = try readFile(path)
        #expect(throws: ruin == .secondPage ? SessionStoreError.corrupt(path: path) : .noDatabase(path: path)) {
            try SQLiteSessionStore(path: path)
        }
        #expect(try readFile(path) == before)
    }

    @Test(arguments: Ruin.allCases) func movesADamagedDatabaseAside(_ ruin: Ruin) async throws {
        try await ruinDatabase(ruin)
        let before = try readFile(path)
        let events = EventLog()
        let store = try SQLiteSessionStore(path: path, options: .init(damage: .moveAside)) { events.append($0) }
        guard case .movedAside(path, let other) = events.all.first else {
            Issue.record("told of \(events.all)")
            return
        }
        #expect(events.all.dropFirst() == [.created(path: path)])
        #expect(try readFile(other) == before)
        #expect(mode(of: other) == 0o600)
        try await fill(store, count: 3)
        #expect(try RawDatabase(path).integer("SELECT count(*) FROM record") == 3)
    }

    /// A healthy database of another program is not moved.
    @Test func movesNothingThatIsForeign() throws {
        try writeFile(path, [])
        try RawDatabase(path).execute("CREATE TABLE theirs (id INTEGER)")
        #expect(throws: SessionStoreError.foreign(path: path)) {
            try SQLiteSessionStore(path: path, options: .init(damage: .moveAside))
        }
    }

    /// An empty file is a new store, and the operator is told that there is no session in it.
    @Test func tellsThatAnEmptyFileIsANewStore() throws {
        try writeFile(path, [])
        let events = EventLog()
        _ = try SQLiteSessionStore(path: path) { events.append($0) }
        #expect(events.all == [.created(path: path)])
        _ = try SQLiteSessionStore(path: path) { events.append($0) }
        #expect(events.all.count == 1)
    }

    /// A page that holds anything else, another page of the same file too: found, or harmless; never another's data.
    @Test(arguments: ["zeros", "letters", "another page"]) func neverBelievesAnOverwrittenPage(_ what: String)
        async throws
    {
        let records = try await filled(count: 30)
        let whole = try readFile(path)
        let pages = whole.count / 4_096
        #expect(pages > 10)
        var refused = 0
        for page in 0..<pages {
            var octets = whole
            let other = (page + 1) % pages
            let replacement: [UInt8] =
                switch what {
                case "zeros": Array(repeating: 0, count: 4_096)
                case "letters": Array(repeating: 0x41, count: 4_096)
                default: Array(whole[other * 4_096..<(other + 1) * 4_096])
                }
            octets.replaceSubrange(page * 4_096..<(page + 1) * 4_096, with: replacement)
            try writeFile(path, octets)
            do { try await requireOwnOrNothing(SQLiteSessionStore(path: path), records) } catch { refused += 1 }
            for suffix in ["-wal", "-shm"] { try? writeFile(path + suffix, []) }
        }
        #expect(refused > pages / 2)
    }

    /// A log that was cut anywhere leaves what its whole commits had left.
    @Test func readsALogUpToItsLastWholeCommit() async throws {
        do { _ = try SQLiteSessionStore(path: path) }
        let store = try SQLiteSessionStore(path: path)
        let records = try await fill(store, count: 12)
        let (database, log) = (try readFile(path), try readFile(path + "-wal"))
        let copy = directory.path + "/copy.sqlite"
        var counts: Set<Int> = []
        for count in Array(stride(from: 0, to: log.count, by: 512)) + [log.count] {
            try writeFile(copy, database)
            try writeFile(copy + "-wal", Array(log.prefix(count)))
            unlinkFile(copy + "-shm")
            counts.insert(try await requireOwnOrNothing(SQLiteSessionStore(path: copy), records))
        }
        #expect(counts == Set(0...12))
    }

    @Test func needsNoSharedMemoryFile() async throws {
        let store = try SQLiteSessionStore(path: path)
        let records = try await fill(store, count: 5)
        let copy = directory.path + "/copy.sqlite"
        try writeFile(copy, try readFile(path))
        try writeFile(copy + "-wal", try readFile(path + "-wal"))
        #expect(try await requireOwnOrNothing(SQLiteSessionStore(path: copy), records) == 5)
    }

    /// A write to files that are no longer reachable by their path is an error.
    @Test(arguments: ["", "-wal", "-shm"]) func noticesThatAFileIsGone(_ suffix: String) async throws {
        let events = EventLog()
        let store = try SQLiteSessionStore(path: path) { events.append($0) }
        let record = try await fill(store, count: 1)[0]
        unlinkFile(path + suffix)
        let displaced = SessionStoreError.displaced(path: path)
        for _ in 0..<2 { await #expect(throws: displaced) { try await store.remove(record.id.key, at: now) } }
        if suffix.isEmpty { await #expect(throws: displaced) { try await store.read(record.id.key, at: now) } }
        #expect(events.all == [.created(path: path), .displaced(path: path)])
    }

    @Test func noticesThatItsFileWasReplaced() async throws {
        let store = try SQLiteSessionStore(path: path)
        let record = try await fill(store, count: 1)[0]
        unlinkFile(path)
        do { _ = try SQLiteSessionStore(path: path) }
        await #expect(throws: SessionStoreError.displaced(path: path)) {
            for _ in 0..<32 { _ = try await store.read(record.id.key, at: now) }
        }
        await #expect(throws: SessionStoreError.displaced(path: path)) { try await store.read(record.id.key, at: now) }
    }

    /// A row of 100 MB is no session, and is not read.
    @Test func refusesARowOfHundredMegabytes() async throws {
        let events = EventLog()
        let store = try SQLiteSessionStore(path: path) { events.append($0) }
        let record = try await fill(store, count: 1)[0]
        try RawDatabase(path).execute("UPDATE record SET secrets = zeroblob(100000000)")
        #expect(try await store.read(record.id.key, at: now) == nil)
        #expect(events.all.last == .unreadableRecord(record.id.key))
        #expect(try await store.remove(record.id.key, at: now) == nil)
        try await fill(store, count: 1)
    }

    /// A copy by `VACUUM INTO` while records are written opens and has every record of its moment.
    @Test func aCopyMadeWhileWritingOpens() async throws {
        let store = try SQLiteSessionStore(path: path)
        let records = try await fill(store, count: 40)
        async let more = fill(store, count: 100)
        let copy = directory.path + "/copy.sqlite"
        try RawDatabase(path).execute("VACUUM INTO '\(copy)'")
        _ = try await more
        try changeMode(of: copy, to: 0o600)
        #expect(try await requireOwnOrNothing(SQLiteSessionStore(path: copy), records) == 40)
    }

    /// What was removed is in none of the files once the log is written back.
    @Test func leavesNothingOfARemovedRecord() async throws {
        let store = try SQLiteSessionStore(path: path)
        for number in 0..<40 {
            let key = SessionID().key
            var record = try sealed(SessionID())
            record.secrets = SealedPayload(octets: Array("canary-\(number)-canary-\(number)".utf8))
            #expect(try await store.write(record, for: key, if: .absent, at: now))
            if number.isMultiple(of: 10) { try RawDatabase(path).execute("PRAGMA wal_checkpoint(TRUNCATE)") }
            _ = try await store.remove(key, at: now)
        }
        #expect(try directory.contents().values.contains { $0.contains(text: "canary-") })
        try RawDatabase(path).execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for (name, octets) in try directory.contents() { #expect(!octets.contains(text: "canary-"), "\(name)") }
    }

    /// What was begun and not committed when the process died is not there.
    @Test func opensADatabaseWhoseCreationWasCutShort() async throws {
        try writeFile(path, [])
        let half = try RawDatabase(path)
        try half.execute("PRAGMA journal_mode = WAL; PRAGMA cache_size = 1; BEGIN IMMEDIATE; CREATE TABLE record (a)")
        try half.execute(
            "WITH n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 9999) INSERT INTO record SELECT i FROM n")
        let copy = directory.path + "/copy.sqlite"
        try writeFile(copy, try readFile(path))
        try writeFile(copy + "-wal", try readFile(path + "-wal"))
        #expect(try readFile(copy + "-wal").count > 10_000)
        let store = try SQLiteSessionStore(path: copy)
        try await fill(store, count: 2)
    }
}

extension SQLiteDamageTests {
    private struct Sealed: Sendable {
        let id: SessionID
        let text: [UInt8]
    }

    private func sealed(_ id: SessionID, _ text: [UInt8] = [1]) throws -> SessionRecord {
        let sealer = RecordSealer(keys: keys)
        let context = SealingContext(id.key, absoluteEnd: now.adding(seconds: 1_000))
        return SessionRecord(
            revision: Revision(), idleEnd: now.adding(seconds: 100), absoluteEnd: now.adding(seconds: 1_000),
            summary: try sealer.sealSummary(text, in: context),
            secrets: try sealer.sealSecrets(text, in: context, browser: id.browserSecret),
            tags: [1, 2].compactMap { IndexTag(octets: Array(repeating: $0, count: 16)) })
    }

    @discardableResult
    private func fill(_ store: SQLiteSessionStore, count: Int) async throws -> [Sealed] {
        var all: [Sealed] = []
        for _ in 0..<count {
            let made = Sealed(id: SessionID(), text: RandomSource.system.bytes(count: 1_500))
            #expect(try await store.write(sealed(made.id, made.text), for: made.id.key, if: .absent, at: now))
            all.append(made)
        }
        return all
    }

    /// A database without a log, closed.
    private func filled(count: Int) async throws -> [Sealed] {
        let records: [Sealed]
        do { records = try await fill(SQLiteSessionStore(path: path), count: count) }
        try RawDatabase(path).execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return records
    }

    private func ruinDatabase(_ ruin: Ruin) async throws {
        _ = try await filled(count: 10)
        var octets = try readFile(path)
        switch ruin {
        case .header: octets.replaceSubrange(0..<64, with: Array(repeating: 0x41, count: 64))
        case .text: octets = Array("a text, and no database at all".utf8)
        case .zeros: octets = Array(repeating: 0, count: octets.count)
        case .secondPage: octets.replaceSubrange(4_096..<8_192, with: Array(repeating: 0x41, count: 4_096))
        }
        try writeFile(path, octets)
    }

    /// Reads every record, requires that what opens is what was sealed, and counts it.
    @discardableResult
    private func requireOwnOrNothing(_ store: SQLiteSessionStore, _ records: [Sealed]) async throws -> Int {
        let sealer = RecordSealer(keys: keys)
        var count = 0
        for made in records {
            guard let found = try await store.read(made.id.key, at: now) else { continue }
            let text = sealer.openSecrets(of: found, under: made.id.key, browser: made.id.browserSecret)
            #expect(text == nil || text == made.text)
            if text != nil { count += 1 }
        }
        return count
    }
}
