import APIClient
import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing

/// Keys rotate while the flow runs.
@Suite(.timeLimit(.minutes(5))) struct SealingKeyRotationTests {
    private let keys: RotatingKeys

    init() throws { keys = try RotatingKeys() }

    private func record(_ fixture: FlowFixture, _ cookie: String) async throws -> SessionRecord {
        try #require(try await fixture.store.read(key(cookie), at: fixture.clock.now))
    }

    private func key(_ cookie: String) throws -> SessionKey {
        try #require(SessionID(cookieValue: String(cookie.drop { $0 != "=" }.dropFirst()))).key
    }

    private func isNew(_ fixture: FlowFixture, _ cookie: String) async throws -> Bool {
        RecordSealer(keys: keys.new).isCurrent(try await record(fixture, cookie))
    }

    private func lives(_ fixture: FlowFixture, _ cookie: String) async -> Bool {
        await fixture.visit("/", cookie: cookie).text == "user subject-a"
    }

    private func listed(_ fixture: FlowFixture) async throws -> Int {
        try await #require(fixture.flow.sessionDirectory).sessions(of: SubjectID("subject-a")).count
    }

    /// Past a tenth of the idle lifetime: the next use keeps the session alive.
    private func letTouchBecomeDue(_ fixture: FlowFixture) { fixture.clock.advance(seconds: 8_641) }

    @Test func anOldSessionLivesOnAndItsNextTouchNamesTheNewKey() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store, ring: keys.ring)
        let cookie = try await fixture.loggedIn()
        keys.begin()
        let before = try await record(fixture, cookie)
        #expect(await lives(fixture, cookie))
        #expect(try await record(fixture, cookie) == before, "reading writes nothing")
        letTouchBecomeDue(fixture)
        let writes = store.count(.write)
        #expect(await lives(fixture, cookie))
        #expect((store.count(.write), store.count(.touch)) == (writes + 1, 0))
        #expect(try await isNew(fixture, cookie))
        let after = try await record(fixture, cookie)
        #expect(after.idleEnd == before.idleEnd.adding(seconds: 8_641))
        #expect(after.absoluteEnd == before.absoluteEnd)
        letTouchBecomeDue(fixture)
        #expect(await lives(fixture, cookie))
        #expect((store.count(.write), store.count(.touch)) == (writes + 1, 1), "once is enough")
        keys.finish()
        #expect(await lives(fixture, cookie))
        #expect(fixture.events.refusals.isEmpty)
    }

    @Test func aRefreshNamesTheNewKey() async throws {
        let fixture = try FlowFixture(ring: keys.ring)
        let cookie = try await fixture.loggedIn()
        let session = try await fixture.session(cookie)
        keys.begin()
        fixture.clock.advance(seconds: 3_601)
        _ = try await fixture.flow.accessTokens(of: session).accessToken()
        #expect(fixture.count(grant: "refresh_token") == 1)
        #expect(try await isNew(fixture, cookie))
    }

    @Test func aNewIDNamesTheNewKey() async throws {
        let fixture = try FlowFixture(ring: keys.ring)
        let session = try await fixture.session(fixture.loggedIn())
        keys.begin()
        let stored = try #require(fixture.flow.storedSessions)
        let rotated = try #require(try await stored.rotate(session))
        let cookie = try #require(BrowserReply(status: 200).adding(rotated.fields).cookies.first)
        #expect(try await isNew(fixture, cookie))
    }

    @Test func aNewLoginNamesTheNewKey() async throws {
        let fixture = try FlowFixture(ring: keys.ring)
        keys.begin()
        #expect(try await isNew(fixture, fixture.loggedIn()))
    }

    @Test func aLoginBegunUnderTheOldKeyIsCompletedAndItsDuplicateAnswered() async throws {
        let fixture = try FlowFixture(ring: keys.ring)
        let (login, later) = (try await fixture.returning(), try await fixture.returning())
        let first = await fixture.answer(later.request())
        keys.begin()
        #expect(await fixture.answer(later.request()).sessionCookies == first.sessionCookies)
        let cookie = try #require(await fixture.answer(login.request()).cookies.first { $0.contains("session") })
        #expect(try await isNew(fixture, cookie))
        #expect(await lives(fixture, cookie))
        #expect(fixture.events.refusals.isEmpty)
    }

    /// Pending cookie, claim and answer are all of the new key: who has it alone completes the login.
    @Test func aLoginBegunUnderTheNewKeyNeedsTheOldOneNoMore() async throws {
        let store = MemorySessionStore()
        let fixture = try FlowFixture(store: store, ring: keys.ring)
        let other = try FlowFixture(store: store, keys: keys.new, clock: fixture.clock, sharing: fixture)
        keys.begin()
        let (login, later) = (try await fixture.returning(), try await fixture.returning())
        let answer = await fixture.answer(login.request())
        #expect(answer.setsSession)
        #expect(await other.answer(login.request()).sessionCookies == answer.sessionCookies)
        #expect(await other.answer(later.request()).setsSession)
    }

    @Test func sessionsOfBothKeysAreListedAndEnded() async throws {
        let fixture = try FlowFixture(ring: keys.ring)
        let before = try await fixture.loggedIn()
        keys.begin()
        let after = try await fixture.loggedIn()
        #expect(try await listed(fixture) == 2)
        let directory = try #require(fixture.flow.sessionDirectory)
        #expect(try await directory.revokeAll(of: SubjectID("subject-a")).count == 2)
        for cookie in [before, after] { #expect(await !lives(fixture, cookie)) }
    }

    @Test func whatWasSealedAnewIsFoundByTheNewKeysTag() async throws {
        let fixture = try FlowFixture(ring: keys.ring)
        let cookie = try await fixture.loggedIn()
        keys.begin()
        letTouchBecomeDue(fixture)
        #expect(await lives(fixture, cookie))
        keys.finish()
        #expect(try await listed(fixture) == 1)
    }

    /// No session and an event, no error page.
    @Test func removingTheOldKeyEndsItsSessionsQuietly() async throws {
        let fixture = try FlowFixture(ring: keys.ring)
        let old = try await fixture.loggedIn()
        keys.begin()
        let new = try await fixture.loggedIn()
        keys.finish()
        #expect(await lives(fixture, new))
        #expect(fixture.openFailures == 0)
        let page = await fixture.visit("/", cookie: old)
        #expect((page.status, page.text) == (200, "nobody"))
        #expect(page.fields.values(named: "Set-Cookie").contains { $0.contains("Max-Age=0") })
        #expect(fixture.openFailures == 1)
        #expect(await fixture.visit("/private", cookie: old).location?.hasPrefix(fixture.server.issuer.text) == true)
        #expect(await fixture.visit("/logout", cookie: old).status == 200)
        #expect(fixture.events.refusals.isEmpty)
        #expect(try await listed(fixture) == 1)
    }

    /// Whatever became of a record's payloads.
    @Test(arguments: Damage.allCases) fileprivate func aDamagedRecordIsNoSession(damage: Damage) async throws {
        let fixture = try FlowFixture(ring: keys.ring)
        let cookie = try await fixture.loggedIn()
        let whole = try await record(fixture, cookie)
        for isSummary in [true, false] {
            var damaged = try await record(fixture, cookie)
            let expected = damaged.revision
            damaged.revision = Revision()
            damaged.summary = isSummary ? damage.done(to: whole.summary) : whole.summary
            damaged.secrets = isSummary ? whole.secrets : damage.done(to: whole.secrets)
            let (key, now) = (try key(cookie), fixture.clock.now)
            #expect(try await fixture.store.write(damaged, for: key, if: .revision(expected), at: now))
            let before = fixture.openFailures
            let page = await fixture.visit("/", cookie: cookie)
            #expect((page.status, page.text) == (200, "nobody"))
            #expect(fixture.openFailures == before + 1)
        }
        #expect(fixture.events.refusals.isEmpty)
    }

    @Test func whoWaitsForTheEndHearsOfARemovedKey() async throws {
        let sleeper = ManualSleeper()
        let fixture = try FlowFixture(ring: keys.ring, sleeper: sleeper.sleeper)
        let session = try await fixture.session(fixture.loggedIn())
        let events = try #require(fixture.flow.storedSessions).events(of: session)
        let heard = Task { await events.first { _ in true } }
        await sleeper.reached(1)
        keys.begin()
        sleeper.wake()
        while sleeper.slept.count < 2, !Task.isCancelled { await Task.yield() }
        await sleeper.reached(1)
        keys.finish()
        sleeper.wake()
        let event = await withTaskCancellationHandler {
            await heard.value
        } onCancel: {
            heard.cancel()
        }
        #expect(event == .revoked)
    }

    /// A concurrent write of another caller stays, and the session is kept alive all the same.
    @Test func aLostRaceLosesNothing() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store, ring: keys.ring)
        let cookie = try await fixture.loggedIn()
        let key = try key(cookie)
        let before = try await record(fixture, cookie)
        var other = before
        other.revision = Revision()
        keys.begin()
        letTouchBecomeDue(fixture)
        let (theirs, now) = (other, fixture.clock.now)
        store.before(.write) {
            _ = try? await store.inner.write(theirs, for: key, if: .revision(before.revision), at: now)
        }
        #expect(await lives(fixture, cookie))
        #expect(try await record(fixture, cookie) == theirs.touched(until: now.adding(seconds: 86_400)))
        #expect(fixture.events.refusals.isEmpty)
    }

    @Test func sealingAnewBringsNoEndedSessionBack() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store, ring: keys.ring)
        let cookie = try await fixture.loggedIn()
        let (key, clock) = (try key(cookie), fixture.clock)
        keys.begin()
        letTouchBecomeDue(fixture)
        store.before(.write) { _ = try? await store.inner.remove(key, at: clock.now) }
        _ = await fixture.visit("/", cookie: cookie)
        #expect(try await store.inner.read(key, at: clock.now) == nil)
    }

    @Test func aStoreThatTakesNoWriteCostsNobodyThePage() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store, ring: keys.ring)
        let cookie = try await fixture.loggedIn()
        keys.begin()
        letTouchBecomeDue(fixture)
        store.fail([.write])
        #expect(await lives(fixture, cookie))
        #expect(fixture.events.events.contains { $0.name == "session.touch_failed" })
    }

    /// Requests and changes of the ring at once: whatever a request meets, every session lives.
    @Test func keysMayChangeWhileRequestsAreUnderWay() async throws {
        let fixture = try FlowFixture(ring: keys.ring)
        var cookies: [String] = []
        for _ in 0..<10 { cookies.append(try await fixture.loggedIn()) }
        for _ in 0..<10 {
            letTouchBecomeDue(fixture)
            let all = await withTaskGroup(of: Bool.self) { group in
                for cookie in cookies + cookies {
                    group.addTask { await lives(fixture, cookie) }
                    group.addTask { keys.turn() }
                }
                return await group.allSatisfy { $0 }
            }
            #expect(all)
        }
        #expect(try await listed(fixture) == 10)
        #expect(fixture.openFailures == 0)
    }

    @Test func aSettingThatCannotBeReadChangesNothing() throws {
        let rotation = try KeyRotation(String(repeating: "01", count: 32))
        let sealed = try rotation.ring.sealer(for: .pendingLogin).seal([1, 2, 3], context: [])
        for setting in ["", "short", "01,,02", String(repeating: "02", count: 31)] {
            #expect(throws: SealingError.self) { try rotation.reload(setting) }
        }
        let sealer = rotation.ring.sealer(for: .pendingLogin)
        #expect(sealer.isCurrent(sealed))
        try rotation.reload(String(repeating: "02", count: 32) + "," + String(repeating: "01", count: 32))
        #expect(!sealer.isCurrent(sealed))
        #expect(sealer.open(sealed, context: []) == [1, 2, 3])
    }
}

private enum Damage: CaseIterable, Sendable {
    case empty, cut, longer, firstOctet, lastOctet, large

    func done(to payload: SealedPayload) -> SealedPayload {
        var octets = payload.octets
        switch self {
        case .empty: octets = []
        case .cut: octets.removeLast()
        case .longer: octets.append(0)
        case .firstOctet: octets[0] += 1
        case .lastOctet: octets[octets.count - 1] ^= 1
        case .large: octets += [UInt8](repeating: 0, count: 900_000)
        }
        return SealedPayload(octets: octets)
    }
}
