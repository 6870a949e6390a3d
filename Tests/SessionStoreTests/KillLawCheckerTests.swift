import OAuthTypes
import SessionStore
import SessionStoreTesting
import Synchronization
import Testing

/// The kit's two halves for kills, with a store that dies at a call of one's choice in the place of a process.
struct KillLawCheckerTests {
    private let kit = SessionStoreKit(seed: 11)

    @Test(arguments: 1...120, DyingStore.Death.allCases)
    func allowsEveryStateThatAKillMayLeave(_ calls: Int, _ death: DyingStore.Death) async throws {
        let inner = MemorySessionStore()
        let lines = await report(of: DyingStore(inner, after: calls, death: death))
        #expect(lines.isEmpty || lines.last?.hasPrefix("begin") == true || lines.last?.hasPrefix("end") == true)
        try await kit.check(inner, holds: lines)
    }

    /// A report that the kill cut in its last line is read as far as it goes.
    @Test func readsAReportThatIsCutShort() async throws {
        let inner = MemorySessionStore()
        var lines = await report(of: DyingStore(inner, after: 99, death: .beforeItIsDone))
        lines.append("begin 3")
        try await kit.check(inner, holds: lines)
    }

    @Test func findsALostUpdateARemovedOneBackAndAForeignState() async throws {
        let inner = MemorySessionStore()
        let lines = await report(of: DyingStore(inner, after: 300, death: .afterItIsDone))
        try await kit.check(inner, holds: lines)
        let ends = lines.filter { $0.hasPrefix("end") }
        // Nothing, an earlier report, and another writer's.
        await #expect(throws: SessionStoreLawError.self) { try await kit.check(MemorySessionStore(), holds: lines) }
        await #expect(throws: SessionStoreLawError.self) { try await kit.check(inner, holds: Array(ends.dropLast(40))) }
        await #expect(throws: SessionStoreLawError.self) {
            try await SessionStoreKit(seed: 12).check(inner, holds: lines)
        }
    }

    private func report(of store: DyingStore) async -> [String] {
        let lines = Mutex<[String]>([])
        do { try await kit.writeUntilKilled(store) { line in lines.withLock { $0.append(line) } } } catch {}
        return lines.withLock { $0 }
    }
}

/// Throws at one call, before or after that has been done, and never answers again.
final class DyingStore: SessionStore {
    enum Death: CaseIterable, Sendable { case beforeItIsDone, afterItIsDone }
    struct DeadError: Error {}

    private let inner: MemorySessionStore
    private let death: Death
    private let rest: Mutex<Int>

    init(_ inner: MemorySessionStore, after calls: Int, death: Death) {
        self.inner = inner
        self.death = death
        rest = Mutex(calls)
    }

    private func live<Answer>(_ call: () async throws -> Answer) async throws -> Answer {
        let rest = rest.withLock { rest in
            rest -= 1
            return rest
        }
        guard rest >= 0, rest > 0 || death == .afterItIsDone else { throw DeadError() }
        let answer = try await call()
        guard rest > 0 else { throw DeadError() }
        return answer
    }

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        try await live { await inner.read(key, at: now) }
    }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool {
        try await live { try await inner.write(record, for: key, if: condition, at: now) }
    }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        try await live { await inner.touch(key, until: idleEnd, at: now) }
    }

    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        try await live { await inner.remove(key, at: now) }
    }

    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
        try await live { await inner.purge(expiredBefore: time, limit: limit) }
    }
}
