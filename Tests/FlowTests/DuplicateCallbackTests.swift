import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing

/// One token request and one session, however often and however concurrently the callback arrives.
@Suite struct DuplicateCallbackTests {
    @Test func aHundredCallbacksAtOnceMakeOneTokenRequestAndOneSession() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        let replies = await withTaskGroup(of: BrowserReply.self) { group in
            for _ in 0..<100 { group.addTask { await fixture.answer(login.request()) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(fixture.transport.count(path: "/token") == 1)
        #expect(replies.allSatisfy { $0.status == 303 && $0.location == "/private" })
        #expect(Set(replies.flatMap { $0.cookies.filter { $0.hasPrefix("session") } }).count == 1)
    }

    @Test func aSecondProcessGivesTheWinnersAnswer() async throws {
        let store = MemorySessionStore()
        let keys = SealingKeys(generatedBy: .system)
        let first = try FlowFixture(store: store, keys: keys)
        let second = try FlowFixture(store: store, keys: keys, clock: first.clock, sharing: first)
        let login = try await first.returning()
        async let one = first.answer(login.request())
        async let two = second.answer(login.request())
        let replies = await [one, two]
        #expect(replies.allSatisfy { $0.setsSession })
        #expect(Set(replies.map(\.sessionCookies)).count == 1)
        #expect(first.transport.count(path: "/token") == 1)
    }

    @Test func aReloadWithinAMinuteIsServedAndLaterIsNot() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        let first = await fixture.answer(login.request())
        fixture.clock.advance(seconds: 59)
        let reload = await fixture.answer(login.request())
        #expect(reload.sessionCookies == first.sessionCookies)
        fixture.clock.advance(seconds: 2)
        let late = await fixture.answer(login.request())
        #expect(late.status == 400)
        #expect(!late.setsSession)
        #expect(fixture.transport.count(path: "/token") == 1)
    }

    @Test func aReloadBehindTheLoginGoesOnWhereTheUserIsLoggedIn() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        let first = await fixture.answer(login.request())
        let reply = await fixture.answer(login.request(cookie: first.cookies.joined(separator: "; ")))
        #expect(reply.status == 303)
        #expect(reply.location == "/private")
        #expect(fixture.transport.count(path: "/token") == 1)
    }

    @Test func duplicatesOfAFailedLoginGetTheFailureAndNoSecondRequest() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        fixture.transport.tamper { request, response in
            request.url.path == "/token" ? TransportResponse(status: 500) : response
        }
        let first = await fixture.answer(login.request())
        let second = await fixture.answer(login.request())
        #expect(first.status == second.status)
        #expect(!first.setsSession && !second.setsSession)
        #expect(fixture.transport.count(path: "/token") == 1)
    }

    @Test func aCancelledCallbackStillFinishesItsLogin() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        let task = Task { await fixture.answer(login.request()) }
        task.cancel()
        _ = await task.value
        let reload = await fixture.answer(login.request())
        #expect(reload.setsSession)
        #expect(fixture.transport.count(path: "/token") == 1)
    }

    @Test func duplicatesTellNoStepTwice() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        for _ in 0..<3 { _ = await fixture.answer(login.request()) }
        #expect(fixture.events.events.compactMap(\.step?.rawValue) == Array(1...8))
        #expect(fixture.events.events.count { $0.name == "login.repeated" } == 2)
    }

    @Test func anAnswerThatCannotBeLaidDownCostsNobodyTheSession() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store)
        let login = try await fixture.returning()
        // The claim, the session, and then no more.
        store.before(.write) { store.before(.write) { store.fail([.write]) } }
        #expect(await fixture.answer(login.request()).setsSession)
        #expect(fixture.events.events.contains { $0.name == "login.answer_lost" })
        store.fail([])
        let late = await fixture.answer(login.request())
        #expect(late.status == 400)
        #expect(fixture.events.refusals == ["callback_used"])
        #expect(fixture.transport.count(path: "/token") == 1)
    }
}
