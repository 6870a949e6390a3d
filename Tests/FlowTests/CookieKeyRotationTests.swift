import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing

/// Sessions in cookies: keys rotate while the flow runs.
@Suite struct CookieKeyRotationTests {
    private let keys: RotatingKeys
    private let fixture: FlowFixture

    init() throws {
        keys = try RotatingKeys()
        let sessions = CookieSessions(epoch: RevocationEpoch(.distantPast), maximumCookies: 2)
        fixture = try FlowFixture(ring: keys.ring, cookies: sessions)
    }

    private func sessionCookies(_ reply: BrowserReply) -> String {
        reply.cookies.filter { $0.hasPrefix("session") }.joined(separator: "; ")
    }

    private func loggedIn() async throws -> String {
        try await sessionCookies(fixture.answer(fixture.returning().request()))
    }

    private func who(_ cookie: String) async -> String { await fixture.visit("/", cookie: cookie).text }

    @Test func anOldSessionLivesOnAndIsSealedAnewWithItsNextCookie() async throws {
        let old = try await loggedIn()
        keys.begin()
        #expect(await who(old) == "user subject-a")
        fixture.clock.advance(seconds: 8_641)
        let reply = await fixture.visit("/", cookie: old)
        let renewed = sessionCookies(reply)
        #expect(!renewed.isEmpty)
        keys.finish()
        #expect(await who(renewed) == "user subject-a")
        #expect(fixture.openFailures == 0)
        #expect(await who(old) == "nobody")
    }

    @Test func aNewLoginUsesTheNewKey() async throws {
        keys.begin()
        let cookie = try await loggedIn()
        keys.finish()
        #expect(await who(cookie) == "user subject-a")
    }

    @Test func aLoginBegunUnderTheOldKeyIsCompleted() async throws {
        let login = try await fixture.returning()
        keys.begin()
        let cookie = sessionCookies(await fixture.answer(login.request()))
        keys.finish()
        #expect(await who(cookie) == "user subject-a")
        #expect(fixture.events.refusals.isEmpty)
    }

    @Test func removingTheOldKeyEndsItsSessionsQuietly() async throws {
        let old = try await loggedIn()
        keys.begin()
        keys.finish()
        let page = await fixture.visit("/", cookie: old)
        #expect((page.status, page.text) == (200, "nobody"))
        #expect(page.fields.values(named: "Set-Cookie").contains { $0.contains("Max-Age=0") })
        #expect(fixture.openFailures == 1)
        #expect(await fixture.visit("/private", cookie: old).location?.hasPrefix(fixture.server.issuer.text) == true)
        #expect(fixture.events.refusals.isEmpty)
    }

    /// What was never sealed is no failure of a key.
    @Test func anExpiredSessionAndAnEmptyCookieTellNothing() async throws {
        let cookie = try await loggedIn()
        fixture.clock.advance(seconds: 700_000)
        #expect(await who(cookie) == "nobody")
        #expect(await who("session-3000=x") == "nobody")
        #expect(fixture.openFailures == 0)
    }
}
