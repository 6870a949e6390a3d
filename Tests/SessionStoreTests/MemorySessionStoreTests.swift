import OAuthTypes
import SessionStore
import SessionStoreTesting
import Testing

struct MemorySessionStoreTests {
    private let kit = SessionStoreKit(tasks: 16, rounds: 50, steps: 20_000)

    @Test(arguments: SessionStoreLaw.allCases)
    func keeps(_ law: SessionStoreLaw) async throws {
        try await kit.check(law) { MemorySessionStore() }
    }

    @Test(arguments: IndexedStoreLaw.allCases)
    func keeps(_ law: IndexedStoreLaw) async throws {
        try await kit.check(law) { MemorySessionStore() }
    }

    /// 16 tasks × 1,000 updates leave 16,000.
    @Test func losesNoneOfSixteenThousandUpdates() async throws {
        try await SessionStoreKit(tasks: 16, rounds: 1_000).check(.noUpdateIsLost) { MemorySessionStore() }
    }

    /// A hundred thousand random calls answer as a dictionary would.
    @Test func behavesLikeADictionaryForLong() async throws {
        let kit = SessionStoreKit(seed: 7, steps: 100_000)
        try await kit.check(.indexBehavesLikeADictionary) { MemorySessionStore() }
    }

    /// Ten thousand races between a removal and a late update.
    @Test func removedStaysRemovedInTenThousandRaces() async throws {
        let kit = SessionStoreKit(tasks: 4, rounds: 10_000)
        try await kit.check(.removalBeatsLateUpdates) { MemorySessionStore() }
    }

    /// Bounded by count; what would expire first gives way.
    @Test func evictsTheOldestExpiringSession() async throws {
        let store = store(ofSessions: 3)
        let keys = try await fill(store, .session, ends: [300, 100, 200, 400, 500])
        #expect(await liveness(of: keys, in: store) == [true, false, false, true, true])
    }

    @Test func countsATouchBeforeItEvicts() async throws {
        let store = store(ofSessions: 2)
        var keys = try await fill(store, .session, ends: [100, 200])
        #expect(await store.touch(keys[0], until: UnixTime(seconds: 300), at: now))
        keys += try await fill(store, .session, ends: [400])
        #expect(await liveness(of: keys, in: store) == [true, false, true])
    }

    @Test func boundsOctets() async throws {
        let limit = MemorySessionStore.Limit(count: 1_000, octets: 10 * (512 + 100), overflow: .evictOldestExpiring)
        let store = MemorySessionStore(limits: [.session: limit])
        let keys = try await fill(store, .session, ends: Array(100..<150), payload: 100)
        #expect(await liveness(of: keys, in: store).count { $0 } == 10)
        await #expect(throws: SessionStoreError.full(.session)) {
            try await fill(store, .session, ends: [900], payload: 6_000)
        }
        #expect(await liveness(of: keys, in: store).count { $0 } == 10)
    }

    /// What guards against replay is never forgotten for something new.
    @Test func refusesAClaimRatherThanForgettingOne() async throws {
        let store = MemorySessionStore(limits: [.codeLease: .init(count: 3, octets: 1 << 20, overflow: .refuse)])
        let keys = try await fill(store, .codeLease, ends: [100, 200, 300])
        await #expect(throws: SessionStoreError.full(.codeLease)) {
            try await fill(store, .codeLease, ends: [400])
        }
        #expect(await liveness(of: keys, in: store) == [true, true, true])
        // At 100 one of them has expired and makes room.
        let late = SessionKey(kind: .codeLease, digestOf: [9])
        #expect(try await store.write(record(ending: 400), for: late, if: .absent, at: UnixTime(seconds: 100)))
    }

    @Test func keepsNothingAfterAPurge() async throws {
        let store = MemorySessionStore()
        _ = try await fill(store, .session, ends: Array(1...1_000))
        #expect(await store.purge(expiredBefore: UnixTime(seconds: 500), limit: .max) == 500)
        #expect(await store.purge(expiredBefore: UnixTime(seconds: 2_000), limit: .max) == 500)
    }

    @Test func survivesChurnWithoutForgettingItsOrder() async throws {
        let store = store(ofSessions: 100)
        for round in 0..<5_000 {
            let key = SessionKey(kind: .session, digestOf: Array("\(round % 150)".utf8))
            let end = Int64(10_000 + round)
            if try await store.write(record(ending: end), for: key, if: .absent, at: now) { continue }
            if round.isMultiple(of: 3) { _ = await store.remove(key, at: now) }
            _ = await store.touch(key, until: UnixTime(seconds: end), at: now)
        }
        #expect(await store.purge(expiredBefore: UnixTime(seconds: 1 << 40), limit: .max) <= 100)
    }

    @Test func refusesAnOversizedRecord() async throws {
        var large = record(ending: 100)
        large.summary = SealedPayload(octets: Array(repeating: 0, count: SessionRecord.maximumPayloadCount + 1))
        await #expect(throws: SessionStoreError.oversized(.payload(SessionRecord.maximumPayloadCount + 1))) {
            try await MemorySessionStore().write(large, for: SessionID().key, if: .absent, at: now)
        }
        var tagged = record(ending: 100)
        tagged.tags = (0..<9).compactMap { IndexTag(octets: Array(repeating: $0, count: 16)) }
        await #expect(throws: SessionStoreError.oversized(.tags(9))) {
            try await MemorySessionStore().write(tagged, for: SessionID().key, if: .absent, at: now)
        }
    }

    private let now = UnixTime(seconds: 0)

    private func store(ofSessions count: Int) -> MemorySessionStore {
        MemorySessionStore(limits: [.session: .init(count: count, octets: 1 << 20, overflow: .evictOldestExpiring)])
    }

    private func record(ending end: Int64, payload: Int = 0) -> SessionRecord {
        SessionRecord(
            revision: Revision(), idleEnd: UnixTime(seconds: end), absoluteEnd: UnixTime(seconds: 1 << 40),
            summary: SealedPayload(octets: Array(repeating: 1, count: payload)), secrets: .empty)
    }

    @discardableResult
    private func fill(
        _ store: MemorySessionStore, _ kind: SessionKey.Kind, ends: [Int64], payload: Int = 0
    ) async throws -> [SessionKey] {
        var keys: [SessionKey] = []
        for end in ends {
            let key = SessionKey(kind: kind, digestOf: RandomSource.system.bytes(count: 8))
            #expect(try await store.write(record(ending: end, payload: payload), for: key, if: .absent, at: now))
            keys.append(key)
        }
        return keys
    }

    private func liveness(of keys: [SessionKey], in store: MemorySessionStore) async -> [Bool] {
        var live: [Bool] = []
        for key in keys { live.append(await store.read(key, at: now) != nil) }
        return live
    }
}
