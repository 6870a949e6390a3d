import Concurrency
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing

/// Sessions of a user page by page.
@Suite struct SessionPageTests {
    private let alice = Result { try SubjectID("subject-a") }

    private func handles(_ directory: SessionDirectory, limit: Int) async throws -> [[SessionHandle]] {
        var pages: [[SessionHandle]] = []
        var next: SessionHandle?
        repeat {
            let page = try await directory.page(of: alice.get(), after: next, limit: limit)
            pages.append(page.sessions.map(\.handle))
            next = page.next
        } while next != nil
        return pages
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 1_000]) func everySessionIsOnOnePage(limit: Int) async throws {
        let fixture = try FlowFixture()
        let directory = try #require(fixture.flow.sessionDirectory)
        for _ in 0..<5 { _ = try await fixture.loggedIn() }
        _ = try await fixture.loggedIn(as: "bob")
        let pages = try await handles(directory, limit: limit)
        #expect(pages.allSatisfy { $0.count <= limit })
        #expect(pages.count == (5 + limit - 1) / limit, "no empty page at the end")
        let all = pages.flatMap(\.self)
        #expect(all.count == 5)
        #expect(try await Set(all) == Set(directory.sessions(of: alice.get()).map(\.handle)))
    }

    @Test(arguments: [0, -1, .min]) func aLimitBelowOneIsOne(limit: Int) async throws {
        let fixture = try FlowFixture()
        _ = try await fixture.loggedIn()
        let directory = try #require(fixture.flow.sessionDirectory)
        #expect(try await directory.page(of: alice.get(), limit: limit).sessions.count == 1)
        #expect(try await directory.page(of: alice.get(), limit: .max).sessions.count == 1)
    }

    @Test func aPageGoesOnBehindAHandleThatIsGone() async throws {
        let fixture = try FlowFixture()
        let directory = try #require(fixture.flow.sessionDirectory)
        for _ in 0..<3 { _ = try await fixture.loggedIn() }
        let first = try await directory.page(of: alice.get(), limit: 2)
        let next = try #require(first.next)
        #expect(try await directory.revoke(next, of: alice.get()))
        #expect(try await directory.page(of: alice.get(), after: next, limit: 2).sessions.count == 1)
    }

    /// What a page costs does not grow with the number of sessions: records read, with a thousand sessions.
    @Test func aPageReadsItsOwnRecordsAndOneMore() async throws {
        let store = ReadCountingStore()
        let fixture = try FlowFixture(store: store)
        for _ in 0..<200 { _ = try await fixture.loggedIn() }
        let directory = try #require(fixture.flow.sessionDirectory)
        let before = store.reads
        let page = try await directory.page(of: alice.get())
        #expect(page.sessions.count == 20)
        #expect(store.reads - before == 21)
    }
}

/// An indexed memory store that counts reads.
private final class ReadCountingStore: IndexedSessionStore {
    private let inner = MemorySessionStore()
    private let counter = Lock(0)

    var reads: Int { counter.withLock { $0 } }

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        counter.withLock { $0 += 1 }
        return await inner.read(key, at: now)
    }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool {
        try await inner.write(record, for: key, if: condition, at: now)
    }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        await inner.touch(key, until: idleEnd, at: now)
    }

    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? { await inner.remove(key, at: now) }

    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
        await inner.purge(expiredBefore: time, limit: limit)
    }

    func keys(
        matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime
    ) async throws -> [SessionKey] { await inner.keys(matching: tag, after: after, limit: limit, at: now) }

    func removeAll(matching tag: IndexTag, limit: Int, at now: UnixTime) async throws -> [SessionRecord] {
        await inner.removeAll(matching: tag, limit: limit, at: now)
    }
}
