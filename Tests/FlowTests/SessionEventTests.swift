import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing

/// The end of a session as a WebSocket or an event stream hears of it. The limit ends a test whose watch never says
/// what it waits for.
@Suite(.timeLimit(.minutes(5))) struct SessionEventTests {
    private let sleeper = ManualSleeper()

    private func watch(_ fixture: FlowFixture, _ session: LoginSession) throws -> Task<[SessionEvent], Never> {
        let events = try #require(fixture.flow.storedSessions).events(of: session)
        return Task {
            var heard: [SessionEvent] = []
            for await event in events { heard.append(event) }
            return heard
        }
    }

    private func outcome(_ watch: Task<[SessionEvent], Never>) async -> [SessionEvent] {
        await withTaskCancellationHandler {
            await watch.value
        } onCancel: {
            watch.cancel()
        }
    }

    private func logOut(_ fixture: FlowFixture, _ cookie: String) async throws {
        let token = try await fixture.session(cookie).csrfToken
        let reply = await fixture.visit(
            "/logout", cookie: cookie, method: .post, form: [("csrf_token", token)])
        #expect(reply.status == 303)
    }

    @Test func aLogoutInThisProcessIsHeardAtOnce() async throws {
        let fixture = try FlowFixture(sleeper: sleeper.sleeper)
        let cookie = try await fixture.loggedIn()
        let heard = try watch(fixture, try await fixture.session(cookie))
        await sleeper.reached(1)
        try await logOut(fixture, cookie)
        #expect(await outcome(heard) == [.ended])
        #expect(sleeper.count == 0, "no timer is left")
    }

    @Test func aNewLoginInTheSameBrowserEndsTheOldSession() async throws {
        let fixture = try FlowFixture(sleeper: sleeper.sleeper)
        let cookie = try await fixture.loggedIn()
        let heard = try watch(fixture, try await fixture.session(cookie))
        await sleeper.reached(1)
        let login = try await fixture.returning()
        _ = await fixture.answer(login.request(cookie: login.cookie + "; " + cookie))
        #expect(await outcome(heard) == [.ended])
    }

    @Test(arguments: [0, 1, 2]) func aRevocationIsHeardAtOnce(way: Int) async throws {
        let fixture = try FlowFixture(sleeper: sleeper.sleeper)
        let directory = try #require(fixture.flow.sessionDirectory)
        let session = try await fixture.session(fixture.loggedIn())
        let other = try await fixture.session(fixture.loggedIn())
        let heard = try watch(fixture, session)
        await sleeper.reached(1)
        switch way {
        case 0: #expect(try await directory.revoke(session.handle, of: session.subject))
        case 1: #expect(try await directory.revokeOthers(than: other).count == 1)
        default: #expect(try await directory.revokeAll(of: session.subject).count == 2)
        }
        #expect(await outcome(heard) == [.revoked])
        #expect(sleeper.count == 0)
    }

    @Test(arguments: [false, true]) func theEndIsHeardWhenItComes(busy: Bool) async throws {
        let fixture = try FlowFixture(sleeper: sleeper.sleeper) {
            $0.idleLifetime = .seconds(1_000)
            $0.absoluteLifetime = .seconds(1_500)
        }
        let cookie = try await fixture.loggedIn()
        let heard = try watch(fixture, try await fixture.session(cookie))
        await sleeper.reached(1)
        fixture.clock.advance(seconds: 999)
        if busy { _ = await fixture.visit("/", cookie: cookie) }
        sleeper.wake()
        await sleeper.reached(1)
        #expect(sleeper.slept == [.seconds(5), busy ? .seconds(5) : .seconds(1)])
        fixture.clock.advance(seconds: busy ? 500 : 1)
        sleeper.wake()
        if busy {
            await sleeper.reached(1)
            fixture.clock.advance(seconds: 1)
            sleeper.wake()
        }
        #expect(await outcome(heard) == [.expired])
    }

    @Test func whatAnotherProcessEndsIsFoundByReading() async throws {
        let (store, keys) = (MemorySessionStore(), SealingKeys(generatedBy: .system))
        let first = try FlowFixture(store: store, keys: keys, sleeper: sleeper.sleeper)
        let second = try FlowFixture(store: store, keys: keys, clock: first.clock, sharing: first)
        let cookie = try await first.loggedIn()
        let heard = try watch(first, try await first.session(cookie))
        await sleeper.reached(1)
        try await logOut(second, cookie)
        sleeper.wake()
        #expect(await outcome(heard) == [.revoked])
    }

    @Test func aRotationInThisProcessIsFollowed() async throws {
        let fixture = try FlowFixture(sleeper: sleeper.sleeper)
        let stored = try #require(fixture.flow.storedSessions)
        let session = try await fixture.session(fixture.loggedIn())
        let heard = try watch(fixture, session)
        await sleeper.reached(1)
        let rotated = try #require(try await stored.rotate(session))
        while sleeper.slept.count < 2, !Task.isCancelled { await Task.yield() }
        await sleeper.reached(1)
        let cookie = try #require(BrowserReply(status: 200).adding(rotated.fields).cookies.first)
        try await logOut(fixture, cookie)
        #expect(await outcome(heard) == [.ended])
    }

    /// The record is gone because another caller in this process is rotating it: a reader that finds it missing has
    /// ended nothing.
    @Test(arguments: [false, true]) func whoeverComesSecondToARotationEndsNothing(logsIn: Bool) async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store, sleeper: sleeper.sleeper)
        let stored = try #require(fixture.flow.storedSessions)
        let cookie = try await fixture.loggedIn()
        let session = try await fixture.session(cookie)
        let login = try await fixture.returning()
        let heard = try watch(fixture, session)
        await sleeper.reached(1)
        store.before(.remove) {
            store.before(.write) {
                if logsIn {
                    _ = await fixture.answer(login.request(cookie: login.cookie + "; " + cookie))
                } else {
                    _ = try? await stored.rotate(session)
                }
            }
        }
        #expect(try await stored.rotate(session) != nil)
        fixture.clock.advance(seconds: 604_800)
        while stored.subscriptionCount > 0, !Task.isCancelled {
            sleeper.wake()
            await Task.yield()
        }
        #expect(await outcome(heard) == [.expired])
    }

    /// Between the removal and the news of it a look at the store must not guess.
    @Test func aLookInTheMiddleOfALogoutDoesNotGuess() async throws {
        let store = PausingStore()
        let fixture = try FlowFixture(store: store, sleeper: sleeper.sleeper)
        let cookie = try await fixture.loggedIn()
        let heard = try watch(fixture, try await fixture.session(cookie))
        await sleeper.reached(1)
        let logout = Task { try await logOut(fixture, cookie) }
        await store.gate.reached()
        sleeper.wake()
        while sleeper.slept.count < 2, !Task.isCancelled { await Task.yield() }
        await sleeper.reached(1)
        store.gate.open()
        try await logout.value
        #expect(await outcome(heard) == [.ended])
    }

    @Test func aStoreThatIsAwayIsNoEnd() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store, sleeper: sleeper.sleeper)
        let session = try await fixture.session(fixture.loggedIn())
        let heard = try watch(fixture, session)
        await sleeper.reached(1)
        store.fail([.read])
        for round in 2...4 {
            sleeper.wake()
            while sleeper.slept.count < round, !Task.isCancelled { await Task.yield() }
            await sleeper.reached(1)
        }
        fixture.clock.advance(seconds: 604_800)
        sleeper.wake()
        #expect(await outcome(heard) == [.expired], "the absolute end needs no store")
    }

    @Test func aSessionThatIsOverBeforeItIsWatchedIsHeardAtOnce() async throws {
        let fixture = try FlowFixture(sleeper: sleeper.sleeper)
        let session = try await fixture.session(fixture.loggedIn())
        fixture.clock.advance(seconds: 86_400)
        #expect(await (try watch(fixture, session)).value == [.expired])
        #expect(sleeper.slept.isEmpty)
    }

    @Test func cancellationEndsItWithoutAnEventAndLeavesNoTimer() async throws {
        let fixture = try FlowFixture(sleeper: sleeper.sleeper)
        let session = try await fixture.session(fixture.loggedIn())
        let heard = try watch(fixture, session)
        await sleeper.reached(1)
        heard.cancel()
        #expect(await outcome(heard).isEmpty)
        #expect(sleeper.count == 0)
        #expect(try #require(fixture.flow.storedSessions).subscriptionCount == 0)
    }

    @Test func aLoopThatIsNeverEnteredLeavesNothingBehind() async throws {
        let fixture = try FlowFixture(sleeper: sleeper.sleeper)
        let stored = try #require(fixture.flow.storedSessions)
        let session = try await fixture.session(fixture.loggedIn())
        do {
            let iterator = stored.events(of: session).makeAsyncIterator()
            #expect(stored.subscriptionCount == 1)
            withExtendedLifetime(iterator) {}
        }
        #expect(stored.subscriptionCount == 0)
    }

    @Test func watchesOfOneSessionAreIndependentAndLeaveNothingBehind() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store, sleeper: sleeper.sleeper)
        let cookie = try await fixture.loggedIn()
        let session = try await fixture.session(cookie)
        let watches = try (0..<10).map { _ in try watch(fixture, session) }
        await sleeper.reached(10)
        watches[0].cancel()
        #expect(await outcome(watches[0]).isEmpty)
        await sleeper.reached(9)
        try await logOut(fixture, cookie)
        for watch in watches.dropFirst() { #expect(await outcome(watch) == [.ended]) }
        #expect(sleeper.count == 0)
        #expect(try #require(fixture.flow.storedSessions).subscriptionCount == 0)
    }

    @Test func itsPaceHasAFloor() async throws {
        let fixture = try FlowFixture(sleeper: sleeper.sleeper)
        let stored = try #require(fixture.flow.storedSessions)
        let session = try await fixture.session(fixture.loggedIn())
        for pace in [Duration.zero, .seconds(-5), .milliseconds(1)] {
            let events = stored.events(of: session, pollingEvery: pace)
            let watch = Task { for await _ in events {} }
            await sleeper.reached(1)
            watch.cancel()
            await watch.value
        }
        #expect(sleeper.slept == [.seconds(1), .seconds(1), .seconds(1)])
    }
}

/// Holds a removal after it has happened and before it returns.
private struct PausingStore: SessionStore {
    let gate = Gate()
    private let inner = MemorySessionStore()

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? { await inner.read(key, at: now) }
    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool { try await inner.write(record, for: key, if: condition, at: now) }
    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        await inner.touch(key, until: idleEnd, at: now)
    }
    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        let removed = await inner.remove(key, at: now)
        await gate.pass()
        return removed
    }
    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
        await inner.purge(expiredBefore: time, limit: limit)
    }
}
