import Glibc
import OAuthTypes
import SessionStore
import SessionStoreTesting
import Testing

struct FileSessionStoreTests {
    private let directory: TemporaryDirectory
    private let path: String
    private let now = UnixTime(seconds: 1_000)

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path + "/sessions"
    }

    @Test(arguments: SessionStoreLaw.allCases)
    func keeps(_ law: SessionStoreLaw) async throws {
        try await SessionStoreKit().check(law) { try FileSessionStore(path: path) }
    }

    @Test(arguments: IndexedStoreLaw.allCases)
    func keeps(_ law: IndexedStoreLaw) async throws {
        try await SessionStoreKit().check(law) { try FileSessionStore(path: path) }
    }

    @Test(arguments: DurableStoreLaw.allCases)
    func keeps(_ law: DurableStoreLaw) async throws {
        try await SessionStoreKit().check(law) { try FileSessionStore(path: path) }
    }

    @Test(arguments: SharedStoreLaw.allCases)
    func keeps(_ law: SharedStoreLaw) async throws {
        try await SessionStoreKit().check(law) { try FileSessionStore(path: path) }
    }

    @Test(arguments: StoreFilesLaw.allCases)
    func keeps(_ law: StoreFilesLaw) async throws {
        try await SessionStoreKit().check(law, below: directory.path) { try FileSessionStore(path: $0 + "/sessions") }
    }

    /// 16 tasks × 100 updates leave 1,600.
    @Test func losesNoUpdateOfSixteenTasks() async throws {
        try await SessionStoreKit(tasks: 16, rounds: 100).check(.noUpdateIsLost) { try FileSessionStore(path: path) }
    }

    /// Directories 0700, files 0600.
    @Test func createsEverythingForTheOwnerOnly() async throws {
        let store = try FileSessionStore(path: path)
        try await create(in: store)
        #expect(mode(of: path) == 0o700)
        let entries = try directory.entries().filter { $0.path != path }
        #expect(entries.count > 512)
        for entry in entries { #expect(mode(of: entry.path) == (entry.isDirectory ? 0o700 : 0o600), "\(entry.path)") }
    }

    @Test(arguments: [0o755, 0o770, 0o701] as [mode_t])
    func refusesADirectoryThatOthersMayOpen(_ exposed: mode_t) throws {
        do { _ = try FileSessionStore(path: path) }
        try changeMode(of: path, to: exposed)
        #expect(throws: SessionStoreError.exposed(path: path, .mode(UInt32(exposed)))) {
            try FileSessionStore(path: path)
        }
    }

    /// A symbolic link in the directory's place is refused, with a slash at its end too.
    @Test(arguments: ["", "/", "//"]) func refusesASymbolicLink(_ ending: String) throws {
        let target = directory.path + "/elsewhere"
        do { _ = try FileSessionStore(path: target) }
        try makeSymbolicLink(path, to: target)
        #expect(throws: SessionStoreError.exposed(path: path, .type)) { try FileSessionStore(path: path + ending) }
    }

    @Test func refusesAFileInTheDirectorysPlace() throws {
        try writeFile(path, [])
        #expect(throws: SessionStoreError.exposed(path: path, .type)) { try FileSessionStore(path: path) }
    }

    /// A record's name that leads elsewhere is no record, and writing does not follow it.
    @Test func neverFollowsARecordThatIsASymbolicLink() async throws {
        let events = EventLog()
        let store = try FileSessionStore(path: path) { events.append($0) }
        let canary = directory.path + "/canary"
        try writeFile(canary, Array("untouched".utf8))
        let key = SessionID().key
        try makeSymbolicLink(file(of: key), to: canary)
        #expect(try await store.read(key, at: now) == nil)
        #expect(events.all == [.created(path: path), .unreadableRecord(key)])
        let record = sample()
        #expect(try await store.write(record, for: key, if: .absent, at: now))
        #expect(try await store.read(key, at: now) == record)
        #expect(try readFile(canary) == Array("untouched".utf8))
    }

    @Test func refusesALockThatIsASymbolicLink() async throws {
        let store = try FileSessionStore(path: path)
        let canary = directory.path + "/canary"
        let key = SessionID().key
        let lock = folder(of: key) + "/lock"
        try makeSymbolicLink(lock, to: canary)
        await #expect(throws: SessionStoreError.exposed(path: lock, .type)) {
            try await store.write(sample(), for: key, if: .absent, at: now)
        }
        #expect(mode(of: canary) == nil)
    }

    /// A newer release's store is refused as it is.
    @Test func refusesANewerLayout() throws {
        do { _ = try FileSessionStore(path: path) }
        try writeFile(path + "/format", Array("swift-login-flow sessions 9\n".utf8))
        #expect(throws: SessionStoreError.newerFormat(path: path, version: 9, known: 1)) {
            try FileSessionStore(path: path)
        }
    }

    @Test func refusesADirectoryThatHoldsSomethingElse() throws {
        #expect(mkdir(of: path) == 0)
        try writeFile(path + "/theirs", [])
        #expect(throws: SessionStoreError.foreign(path: path)) { try FileSessionStore(path: path) }
        #expect(try directory.entries().count == 2)
    }

    /// A missing parent is an error that names the place.
    @Test func namesAMissingParent() {
        let missing = directory.path + "/missing/sessions"
        #expect(throws: SessionStoreError.system(call: "mkdir", path: missing, errno: ENOENT)) {
            try FileSessionStore(path: missing)
        }
    }

    /// Cut anywhere, changed anywhere, empty, too large, another record's: no session, and the operator is told.
    @Test func understandsNothingButWholeRecords() async throws {
        let events = EventLog()
        let store = try FileSessionStore(path: path) { events.append($0) }
        let (key, other) = (try await create(in: store), try await create(in: store))
        let whole = try readFile(file(of: key))
        var damaged = whole.indices.map { Array(whole.prefix($0)) }
        damaged += whole.indices.filter { $0 != 4 }.map { index in
            var octets = whole
            octets[index] ^= 0x10
            return octets
        }
        damaged += [whole + [0], Array(repeating: 0x41, count: 2 << 20), try readFile(file(of: other))]
        for octets in damaged {
            try writeFile(file(of: key), octets)
            #expect(try await store.read(key, at: now) == nil)
        }
        #expect(events.all.dropFirst().count == damaged.count)
        #expect(Set(events.all.dropFirst()) == [.unreadableRecord(key)])
        try writeFile(file(of: key), whole)
        #expect(try await store.read(key, at: now) != nil)
    }

    /// A newer release's record is no session, but it is never overwritten: it may be a code lease.
    @Test func leavesANewerRecordAlone() async throws {
        let events = EventLog()
        let store = try FileSessionStore(path: path) { events.append($0) }
        let key = try await create(in: store)
        var octets = try readFile(file(of: key))
        octets[4] = 2
        try writeFile(file(of: key), octets)
        #expect(try await store.read(key, at: now) == nil)
        #expect(events.all == [.created(path: path), .newerRecord(key, version: 2)])
        #expect(try await !store.write(sample(), for: key, if: .absent, at: now))
        #expect(try readFile(file(of: key)) == octets)
    }

    /// Neither id nor token is found in any file or name.
    @Test func holdsNeitherIDNorTokens() async throws {
        let store = try FileSessionStore(path: path)
        let canaries = try await fillWithCanaries(store, at: now)
        let files = try directory.contents()
        #expect(files.count > 120)
        let everything = files.flatMap { Array($0.key.utf8) + $0.value }
        #expect(everything.contains(text: "/records/"))
        for canary in canaries { #expect(!everything.contains(text: canary)) }
    }

    /// Purging leaves no file behind, in the index neither.
    @Test func purgesFilesAndEntries() async throws {
        let store = try FileSessionStore(path: path)
        for _ in 0..<100 { try await create(in: store) }
        #expect(try await store.purge(expiredBefore: UnixTime(seconds: 1_100), limit: 60) == 60)
        #expect(try await store.purge(expiredBefore: UnixTime(seconds: 1_100), limit: .max) == 40)
        #expect(try recordsAndEntries().isEmpty)
    }

    @Test func removesFilesAndEntries() async throws {
        let store = try FileSessionStore(path: path)
        let key = try await create(in: store)
        #expect(try recordsAndEntries().count == 3)
        _ = try await store.remove(key, at: now)
        #expect(try recordsAndEntries().isEmpty)
    }

    /// What a killed writer left goes after an hour, not before.
    @Test func sweepsWhatAKilledWriterLeft() async throws {
        let store = try FileSessionStore(path: path)
        let left = path + "/records/00/new-00112233"
        try writeFile(left, [1, 2, 3])
        _ = try await store.purge(expiredBefore: now, limit: 10)
        #expect(mode(of: left) != nil)
        _ = try await store.purge(expiredBefore: UnixTime(seconds: 1 << 40), limit: 10)
        #expect(mode(of: left) == nil)
    }

    /// An index entry may outlive its record, as after a crash between the two: it names nothing and does no harm.
    @Test func survivesAStaleEntry() async throws {
        let store = try FileSessionStore(path: path)
        let key = try await create(in: store)
        #expect(unlink(path: file(of: key)) == 0)
        #expect(try await store.keys(matching: tag(1), after: nil, limit: 10, at: now).isEmpty)
        #expect(try await store.removeAll(matching: tag(1), limit: 10, at: now).isEmpty)
        #expect(try recordsAndEntries().count == 1)
    }

    /// Neither descriptors nor memory grow with the number of calls.
    @Test func leaksNoDescriptor() async throws {
        let store = try FileSessionStore(path: path)
        let key = try await create(in: store)
        let before = try openDescriptors(below: path)
        for _ in 0..<200 {
            _ = try await store.read(key, at: now)
            _ = try await store.touch(key, until: UnixTime(seconds: 1_200), at: now)
            _ = try await store.keys(matching: tag(1), after: nil, limit: 1, at: now)
        }
        #expect(try openDescriptors(below: path) == before)
    }

    /// 100 MB under a record's name are not even read.
    @Test func refusesARecordOfHundredMegabytes() async throws {
        let events = EventLog()
        let store = try FileSessionStore(path: path) { events.append($0) }
        let key = try await create(in: store)
        #expect(truncate(path: file(of: key), to: 100 << 20) == 0)
        #expect(try await store.read(key, at: now) == nil)
        #expect(events.all == [.created(path: path), .unreadableRecord(key)])
        #expect(try await store.write(sample(), for: key, if: .absent, at: now))
    }

    /// A directory that was removed or replaced under the store is an error, never "no session".
    @Test(arguments: [false, true]) func noticesThatItsDirectoryIsGone(_ isReplaced: Bool) async throws {
        let events = EventLog()
        let store = try FileSessionStore(path: path) { events.append($0) }
        let key = try await create(in: store)
        #expect(rename(path: path, to: path + "-moved") == 0)
        if isReplaced { #expect(mkdir(of: path) == 0) }
        let displaced = SessionStoreError.displaced(path: path)
        await #expect(throws: displaced) { try await store.write(sample(), for: key, if: .absent, at: now) }
        await #expect(throws: displaced) { try await store.read(key, at: now) }
        await #expect(throws: displaced) { try await store.touch(key, until: now, at: now) }
        await #expect(throws: displaced) { try await store.remove(key, at: now) }
        await #expect(throws: displaced) { try await store.purge(expiredBefore: now, limit: 1) }
        await #expect(throws: displaced) { try await store.keys(matching: tag(1), after: nil, limit: 1, at: now) }
        await #expect(throws: displaced) { try await store.removeAll(matching: tag(1), limit: 1, at: now) }
        #expect(events.all == [.created(path: path), .displaced(path: path)])
    }

    /// A copy that is made while records are written opens, and has every record that was there before.
    @Test func aCopyMadeWhileWritingOpens() async throws {
        let store = try FileSessionStore(path: path)
        var keys: [SessionKey] = []
        for _ in 0..<50 { keys.append(try await create(in: store)) }
        async let busy: Void = churn(store, times: 200)
        let copy = path + "-copy"
        try copyTree(path, to: copy)
        try await busy
        let backup = try FileSessionStore(path: copy)
        for key in keys { #expect(try await backup.read(key, at: now) != nil) }
        #expect(try await backup.keys(matching: tag(1), after: nil, limit: 1_000, at: now).count >= keys.count)
    }

    /// A thousand races between a removal and a late update.
    @Test func removedStaysRemovedInAThousandRaces() async throws {
        let kit = SessionStoreKit(tasks: 2, rounds: 1_000)
        try await kit.check(.removalBeatsLateUpdates) { try FileSessionStore(path: path) }
    }

    private func churn(_ store: FileSessionStore, times: Int) async throws {
        for _ in 0..<times {
            let key = try await create(in: store)
            _ = try await store.remove(key, at: now)
        }
    }

    private func tag(_ octet: UInt8) throws -> IndexTag {
        try #require(IndexTag(octets: Array(repeating: octet, count: 16)))
    }

    private func sample() -> SessionRecord {
        SessionRecord(
            revision: Revision(), idleEnd: UnixTime(seconds: 1_100), absoluteEnd: UnixTime(seconds: 2_000),
            summary: SealedPayload(octets: [1, 2, 3]), secrets: SealedPayload(octets: [4, 5]),
            tags: [1, 2].compactMap { IndexTag(octets: Array(repeating: $0, count: 16)) })
    }

    @discardableResult
    private func create(in store: FileSessionStore) async throws -> SessionKey {
        let key = SessionID().key
        #expect(try await store.write(sample(), for: key, if: .absent, at: now))
        return key
    }

    private func folder(of key: SessionKey) -> String { path + "/records/" + hex(key.digest.prefix(1)) }

    private func file(of key: SessionKey) -> String { folder(of: key) + "/" + hex([key.kind.rawValue] + key.digest) }

    private func recordsAndEntries() throws -> [String] {
        try directory.contents().keys.filter { !$0.hasSuffix("/lock") && !$0.hasSuffix("/format") }
    }
}

private func hex(_ octets: some Sequence<UInt8>) -> String {
    octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

private func mkdir(of path: String) -> Int32 { unsafe mkdir(path, 0o700) }

private func truncate(path: String, to count: Int) -> Int32 { unsafe truncate(path, off_t(count)) }

private func rename(path: String, to other: String) -> Int32 { unsafe rename(path, other) }

private func unlink(path: String) -> Int32 { unsafe unlink(path) }

/// How many of this process's descriptors lead below `path`.
private func openDescriptors(below path: String) throws -> Int {
    try (0..<1_024).count { number in
        var target = [CChar](repeating: 0, count: 4_096)
        let count = unsafe readlink("/proc/self/fd/\(number)", &target, target.count)
        guard count > 0 else { return false }
        let octets = target.prefix(count).map { UInt8(bitPattern: $0) }
        return try #require(String(validating: octets, as: UTF8.self)).hasPrefix(path)
    }
}
