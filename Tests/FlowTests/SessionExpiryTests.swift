import APIClient
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

/// The provider's ceiling: `session_expiry` of the IPSIE OpenID Connect SL1 profile.
@Suite struct SessionExpiryTests {
    private static let now: Int64 = 1_800_000_000

    private func fixture(_ expiry: JSONValue?, cookies: Bool) throws -> FlowFixture {
        let fixture = try FlowFixture(
            cookies: cookies ? CookieSessions(epoch: RevocationEpoch(.distantPast)) : nil)
        try fixture.resignIDTokens { $0["session_expiry"] = expiry }
        return fixture
    }

    @Test(
        arguments: [(1_000, 1_000), (604_800, 604_800), (604_801, 604_800), (1 << 40, 604_800)] as [(Int64, Int64)],
        [
            false, true,
        ])
    func theEarlierEndCounts(times: (expiry: Int64, end: Int64), cookies: Bool) async throws {
        let fixture = try fixture(.number(JSONNumber(Int(Self.now + times.expiry))), cookies: cookies)
        let reply = try await fixture.answer(fixture.returning().request())
        #expect(
            reply.fields.values(named: "Set-Cookie").contains {
                $0.hasPrefix("session-3000=") && $0.contains("; Max-Age=\(times.end);")
            })
        let cookie = try #require(reply.cookies.first { $0.hasPrefix("session") })
        #expect(try await fixture.session(cookie).endsAt.seconds == Self.now + times.end)
        guard times.end < 86_400 else { return }
        fixture.clock.advance(seconds: times.end - 1)
        #expect(await fixture.visit("/", cookie: cookie).text == "user subject-a")
        fixture.clock.advance(seconds: 1)
        #expect(await fixture.visit("/", cookie: cookie).text == "nobody")
    }

    @Test(
        arguments: [
            .number(JSONNumber(1_800_000_000)), .number(JSONNumber(0)), .number(JSONNumber(-1)), "1800001000", .null,
            true,
            .array([]),
        ] as [JSONValue], [false, true])
    func onePastOrUnreadableRefusesTheLogin(expiry: JSONValue, cookies: Bool) async throws {
        let fixture = try fixture(expiry, cookies: cookies)
        let reply = try await fixture.answer(fixture.returning().request())
        #expect(reply.status == 502)
        #expect(!reply.setsSession)
        #expect(fixture.events.refusals == ["session_expiry_refused"])
    }

    @Test(arguments: [(5_000, 5_000), (604_800, 10_000)] as [(Int64, Int64)])
    func aRefreshMayBringItForwardAndNeverBack(refreshed: Int64, end: Int64) async throws {
        let fixture = try fixture(.number(JSONNumber(Int(Self.now + 10_000))), cookies: false)
        let cookie = try await fixture.loggedIn()
        fixture.clock.advance(seconds: 3_601)
        try fixture.resignIDTokens {
            $0["session_expiry"] = .number(JSONNumber(Int(Self.now + refreshed)))
        }
        _ = try await fixture.flow.accessTokens(of: fixture.session(cookie)).accessToken()
        #expect(fixture.count(grant: "refresh_token") == 1)
        #expect(try await fixture.session(cookie).endsAt.seconds == Self.now + end)
        fixture.clock.advance(seconds: end - 3_601)
        #expect(await fixture.visit("/", cookie: cookie).text == "nobody")
    }

    @Test func anUnreadableOneRefusesTheRefresh() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        fixture.clock.advance(seconds: 3_601)
        try fixture.resignIDTokens { $0["session_expiry"] = "soon" }
        let tokens = try await fixture.flow.accessTokens(of: fixture.session(cookie))
        await #expect(throws: (any Error).self) { try await tokens.accessToken() }
    }

    @Test func usingTheSessionNeverStretchesIt() async throws {
        let fixture = try fixture(.number(JSONNumber(Int(Self.now + 10_000))), cookies: false)
        let cookie = try await fixture.loggedIn()
        for _ in 0..<9 {
            fixture.clock.advance(seconds: 1_000)
            #expect(await fixture.visit("/", cookie: cookie).text == "user subject-a")
        }
        fixture.clock.advance(seconds: 1_000)
        #expect(await fixture.visit("/", cookie: cookie).text == "nobody")
    }
}
