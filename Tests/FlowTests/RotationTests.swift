import APIClient
import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing

/// A new id where a session gains rights; the old one is dead at once.
@Suite struct RotationTests {
    private func rotate(_ fixture: FlowFixture, _ cookie: String) async throws -> (
        session: LoginSession, cookie: String
    ) {
        let stored = try #require(fixture.flow.storedSessions)
        let rotated = try #require(try await stored.rotate(fixture.session(cookie)))
        let reply = BrowserReply(status: 200).adding(rotated.fields)
        return (rotated.session, try #require(reply.cookies.first))
    }

    @Test func theOldIDIsDeadAtOnceInEveryProcess() async throws {
        let (store, keys) = (MemorySessionStore(), SealingKeys(generatedBy: .system))
        let first = try FlowFixture(store: store, keys: keys)
        let second = try FlowFixture(store: store, keys: keys, clock: first.clock, sharing: first)
        let cookie = try await first.loggedIn()
        let rotated = try await rotate(first, cookie)
        #expect(rotated.cookie != cookie)
        for fixture in [first, second] {
            #expect(await fixture.visit("/", cookie: cookie).text == "nobody")
            #expect(await fixture.visit("/", cookie: rotated.cookie).text == "user subject-a")
        }
        #expect(first.events.events.contains { $0.name == "session.rotated" })
    }

    @Test func tokensClaimsAndEndsStayAndFormsGetNewTokens() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let old = try await fixture.session(cookie)
        let token = try await fixture.flow.accessTokens(of: old).accessToken()
        fixture.clock.advance(seconds: 1_000)
        let new = try await rotate(fixture, cookie).session
        #expect(try await fixture.flow.accessTokens(of: new).accessToken().exposedText == token.exposedText)
        #expect(new.claims == old.claims)
        #expect((new.startedAt, new.endsAt) == (old.startedAt, old.endsAt))
        #expect(new.handle != old.handle)
        #expect(!new.accepts(csrfToken: old.csrfToken))
        fixture.clock.advance(seconds: 2_601)
        _ = try await fixture.flow.accessTokens(of: new).accessToken()
        #expect(fixture.count(grant: "refresh_token") == 1)
    }

    @Test func theReplyMustNotBeCachedAndTheCookieEndsWithTheSession() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        fixture.clock.advance(seconds: 4_800)
        let stored = try #require(fixture.flow.storedSessions)
        let rotated = try #require(try await stored.rotate(fixture.session(cookie)))
        #expect(rotated.fields.fields.values(named: "Cache-Control") == ["no-store"])
        #expect(rotated.fields.fields.values(named: "Vary") == ["Cookie"])
        #expect(rotated.fields.fields.values(named: "Set-Cookie").allSatisfy { $0.contains("; Max-Age=600000;") })
    }

    @Test func aSessionThatIsGoneIsNotRotated() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let session = try await fixture.session(cookie)
        let stored = try #require(fixture.flow.storedSessions)
        _ = await fixture.visit(
            "/logout", cookie: cookie, method: .post, form: [("csrf_token", session.csrfToken)])
        #expect(try await stored.rotate(session) == nil)
    }

    @Test func ofManyRotationsOfOneSessionOneWins() async throws {
        let fixture = try FlowFixture()
        let session = try await fixture.session(fixture.loggedIn())
        let stored = try #require(fixture.flow.storedSessions)
        let won = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 { group.addTask { try await stored.rotate(session) != nil } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(won == 1)
    }

    /// A crash between the two is a store that takes nothing after the removal.
    @Test func aWriteThatFailsLeavesNoSessionRatherThanTwo() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store)
        let cookie = try await fixture.loggedIn()
        let session = try await fixture.session(cookie)
        store.before(.remove) { store.fail([.write]) }
        let problem = await #expect(throws: FlowProblem.self) {
            try await fixture.flow.storedSessions?.rotate(session)
        }
        #expect(problem?.code == "session_lost_in_rotation")
        #expect(problem?.turn == .user)
        store.fail([])
        #expect(await fixture.visit("/", cookie: cookie).text == "nobody")
        let left = try await fixture.flow.sessionDirectory?.sessions(of: session.subject)
        #expect(left == nil, "a store that cannot list is not asked to")
    }

    @Test func aRemovalThatFailsLeavesTheOldSession() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store)
        let cookie = try await fixture.loggedIn()
        let session = try await fixture.session(cookie)
        store.fail([.remove])
        let problem = await #expect(throws: FlowProblem.self) {
            try await fixture.flow.storedSessions?.rotate(session)
        }
        #expect(problem?.code == "session_store_failed")
        store.fail([])
        #expect(await fixture.visit("/", cookie: cookie).text == "user subject-a")
        fixture.clock.advance(seconds: 3_601)
        _ = try await fixture.flow.accessTokens(of: fixture.session(cookie)).accessToken()
        #expect(fixture.count(grant: "refresh_token") == 1, "nothing was sent, so nothing is unknown")
    }

    @Test func aRefreshUnderWayIsWaitedForAndItsTokensMove() async throws {
        let gate = Gate()
        let fixture = try FlowFixture(
            sleeper: Sleeper { _ in
                gate.open()
                await Task.yield()
            })
        let cookie = try await fixture.loggedIn()
        let session = try await fixture.session(cookie)
        let caught = TokenCatcher()
        fixture.tamperTokens { caught.note($0) }
        fixture.clock.advance(seconds: 3_601)
        fixture.transport.before { request in if request.url.path == "/token" { await gate.pass() } }
        let refresh = Task { try await fixture.flow.accessTokens(of: session).accessToken() }
        await gate.reached()
        let rotated = try await rotate(fixture, cookie)
        gate.open()
        let fresh = try await refresh.value
        #expect(try await fixture.flow.accessTokens(of: rotated.session).accessToken().exposedText == fresh.exposedText)
        #expect(fixture.count(grant: "refresh_token") == 1)
        #expect(fixture.transport.count(path: "/revoke") == 0)
        #expect(rotated.session.canRefresh)
    }

    @Test func noRefreshBeginsWhileTheIDChanges() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store, sleeper: Sleeper { _ in await Task.yield() })
        let cookie = try await fixture.loggedIn()
        let session = try await fixture.session(cookie)
        fixture.clock.advance(seconds: 3_601)
        let late = TaskBox()
        store.before(.remove) {
            let reads = store.count(.read)
            late.start { _ = try? await fixture.flow.accessTokens(of: session).accessToken() }
            while store.count(.read) < reads + 3 { await Task.yield() }
        }
        let rotated = try await rotate(fixture, cookie).session
        await late.finished()
        #expect(fixture.count(grant: "refresh_token") == 0)
        _ = try await fixture.flow.accessTokens(of: rotated).accessToken()
        #expect(fixture.count(grant: "refresh_token") == 1)
        #expect(fixture.transport.count(path: "/revoke") == 0)
    }

    @Test func aCancelledRequestDoesNotCutItInTwo() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store)
        let session = try await fixture.session(fixture.loggedIn())
        let stored = try #require(fixture.flow.storedSessions)
        let rotation = TaskBox()
        let outcome = Gate()
        store.before(.remove) { rotation.cancel() }
        rotation.start {
            if let rotated = try? await stored.rotate(session), rotated.session.canRefresh { outcome.open() }
        }
        await rotation.finished()
        #expect(outcome.isOpen)
    }

    /// What a page loads beside itself still carries the old id; its answer must not take the new cookie away.
    @Test func whatThePageLoadsDoesNotTakeTheNewCookieBack() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        _ = try await rotate(fixture, cookie)
        for mode in [("no-cors", "image"), ("cors", "empty")] {
            let fields = [("Cookie", cookie), ("Sec-Fetch-Mode", mode.0), ("Sec-Fetch-Dest", mode.1)]
            let reply = await fixture.answer(
                BrowserRequest(.get, target: "/", fields: fields.compactMap { HeaderField($0.0, $0.1) }))
            #expect(reply.text == "nobody")
            #expect(reply.fields.values(named: "Set-Cookie").isEmpty)
        }
        #expect(!(await fixture.visit("/", cookie: cookie)).fields.values(named: "Set-Cookie").isEmpty)
    }
}
