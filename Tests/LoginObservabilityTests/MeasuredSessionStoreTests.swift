#if Observability

    import LoginObservability
    import LoginTesting
    import OAuthTypes
    import SessionStore
    import SessionStoreTesting
    import Testing

    struct MeasuredSessionStoreTests {
        @Test(arguments: SessionStoreLaw.allCases)
        func keeps(_ law: SessionStoreLaw) async throws {
            try await SessionStoreKit().check(law) { MemorySessionStore().measured(by: MemoryMetrics()) }
        }

        @Test(arguments: IndexedStoreLaw.allCases)
        func keeps(_ law: IndexedStoreLaw) async throws {
            try await SessionStoreKit().check(law) {
                let store = MemorySessionStore().measured(by: MemoryMetrics())
                return try #require(store as? any IndexedSessionStore)
            }
        }

        @Test func isAsMuchOfAStoreAsTheOneInIt() {
            let indexed: any SessionStore = MemorySessionStore()
            #expect(indexed.measured(by: MemoryMetrics()) is any IndexedSessionStore)
            #expect(!(SlowStore(clock: TestClock()).measured(by: MemoryMetrics()) is any IndexedSessionStore))
        }

        @Test func measuresWhatWorksAndWhatFails() async throws {
            let (memory, clock) = (MemoryMetrics(), TestClock())
            let store = SlowStore(clock: clock).measured(by: memory, stopwatch: clock.stopwatch)
            let key = SessionKey(kind: .session, digestOf: [1])
            #expect(try await store.read(key, at: clock.now) == nil)
            await #expect(throws: SlowStore.BrokenError.self) { _ = try await store.remove(key, at: clock.now) }
            #expect(try await store.purge(expiredBefore: clock.now, limit: 10) == 7)
            #expect(
                memory.recorded == [
                    "login_store_duration_seconds{operation=read,outcome=ok}": [2_000_000],
                    "login_store_duration_seconds{operation=remove,outcome=failed}": [5_000_000],
                    "login_store_duration_seconds{operation=purge,outcome=ok}": [0],
                ])
            #expect(memory.counted == ["login_store_purged_records_total{}": 7])
        }
    }

    /// Takes its time, fails to remove, and has no index.
    private struct SlowStore: SessionStore {
        struct BrokenError: Error {}

        let clock: TestClock

        func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
            clock.advance(by: .milliseconds(2))
            return nil
        }

        func write(
            _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
        ) async throws -> Bool { false }

        func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool { false }

        func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
            clock.advance(by: .milliseconds(5))
            throw BrokenError()
        }

        func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int { 7 }
    }

#endif
