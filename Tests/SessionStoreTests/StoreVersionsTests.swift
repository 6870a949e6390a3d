import OAuthTypes
import SessionStore
import TestSupport
import Testing

/// This release opens what every version of a store has written.
struct StoreVersionsTests {
    private let directory: TemporaryDirectory
    private let now = UnixTime(seconds: 0)

    init() throws { directory = try TemporaryDirectory() }

    @Test(arguments: [1]) func opensEveryVersionOfTheDatabase(_ version: Int) async throws {
        let path = directory.path + "/sessions.sqlite"
        try writeFile(path, [])
        let dump = try VectorFile.own("stores/sqlite-\(version).sql")
        try RawDatabase(path).execute(String(decoding: dump, as: UTF8.self))
        try await requireTheThreeRecords(SQLiteSessionStore(path: path))
        #expect(try RawDatabase(path).text("PRAGMA integrity_check") == "ok")
    }

    @Test(arguments: [1]) func opensEveryVersionOfTheFiles(_ version: Int) async throws {
        let path = directory.path + "/sessions"
        do { _ = try FileSessionStore(path: path) }
        for line in try VectorFile.own("stores/files-\(version).txt").split(separator: UInt8(ascii: "\n")) {
            let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            try writeFile(path + "/" + String(decoding: parts[0], as: UTF8.self), try octets(ofHex: parts[1]))
        }
        try await requireTheThreeRecords(FileSessionStore(path: path))
    }

    private func octets(ofHex digits: some Collection<UInt8>) throws -> [UInt8] {
        let text = Array(String(decoding: digits, as: UTF8.self))
        return try stride(from: 0, to: text.count, by: 2).map {
            try #require(UInt8(String(text[$0...$0 + 1]), radix: 16))
        }
    }

    private func tag(_ octet: UInt8) throws -> IndexTag {
        try #require(IndexTag(octets: Array(repeating: octet, count: 16)))
    }

    private func requireTheThreeRecords(_ store: any IndexedSessionStore) async throws {
        var keys: [SessionKey] = []
        for number in 1...3 as ClosedRange<UInt8> {
            let digest = Array(repeating: number, count: 32)
            keys.append(try #require(SessionKey(kind: number == 3 ? .codeLease : .session, digest: digest)))
            let record = try #require(try await store.read(keys[keys.count - 1], at: now))
            #expect(record.revision.octets == Array(repeating: number, count: 16))
            #expect(record.absoluteEnd == UnixTime(seconds: 2_000_000_000))
            #expect(record.summary.octets == Array("summary \(number)".utf8))
            #expect(record.secrets.octets == Array("secrets \(number)".utf8))
            #expect(record.tags == [try tag(0xA0), try tag(0xB0 + number)])
        }
        #expect(try await store.keys(matching: tag(0xA0), after: nil, limit: 10, at: now) == keys)
        #expect(try await store.removeAll(matching: tag(0xB3), limit: 10, at: now).count == 1)
    }
}
