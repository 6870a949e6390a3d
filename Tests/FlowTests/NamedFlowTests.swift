import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing

/// Two flows on one origin, as a site with customers and staff has them.
@Suite struct NamedFlowTests {
    private func flows(cookies: Bool = false) throws -> (FlowFixture, FlowFixture) {
        let sessions = CookieSessions(epoch: RevocationEpoch(.distantPast))
        let staff = try FlowFixture(cookies: cookies ? sessions : nil) { $0.name = "staff" }
        let guests = try FlowFixture(clock: staff.clock, sharing: staff, cookies: cookies ? sessions : nil) {
            $0.name = "guests"
        }
        return (staff, guests)
    }

    @Test(arguments: [false, true]) func neitherTakesTheOthersSessionAway(cookies: Bool) async throws {
        let (staff, guests) = try flows(cookies: cookies)
        let both = try await staff.loggedIn(as: "alice") + "; " + guests.loggedIn(as: "bob")
        #expect(await staff.visit("/", cookie: both).text == "user subject-a")
        #expect(await guests.visit("/", cookie: both).text == "user subject-b")
        let token = try await staff.session(both).csrfToken
        let left = await staff.visit("/logout", cookie: both, method: .post, form: [("csrf_token", token)])
        let expired = left.fields.values(named: "Set-Cookie").filter { $0.contains("Max-Age=0") }
        #expect(expired.allSatisfy { $0.hasPrefix("staff-session-3000") })
        #expect(expired.count == 1)
    }

    @Test func neitherPutsTheOthersLoginsOut() async throws {
        let (staff, guests) = try flows()
        let other = await guests.visit("/private").cookies.joined()
        var cookies = [other]
        for _ in 0..<12 {
            let reply = await staff.visit("/private", cookie: cookies.joined(separator: "; "))
            #expect(!reply.fields.values(named: "Set-Cookie").contains { $0.hasPrefix("guests") })
            cookies += reply.cookies
            staff.clock.advance(seconds: 1)
        }
    }

    @Test func aCallbackOfTheOtherFlowIsUnknown() async throws {
        let (staff, guests) = try flows()
        let login = try await staff.returning()
        #expect(await guests.answer(login.request()).status == 400)
        #expect(staff.transport.count(path: "/token") == 0)
    }

    @Test(arguments: ["http://localhost:3000", "https://localhost:3000"])
    func withoutANameTheCookiesKeepTheirNames(base: String) async throws {
        let fixture = try FlowFixture(base: base)
        let names = try await fixture.loggedIn().prefix { $0 != "=" }
        #expect(names == (base.hasPrefix("https") ? "__Host-session" : "session-3000"))
        let named = try FlowFixture(base: base) { $0.name = "staff" }
        let other = try await named.loggedIn().prefix { $0 != "=" }
        #expect(other == (base.hasPrefix("https") ? "__Host-staff-session" : "staff-session-3000"))
    }

    @Test(arguments: [
        "", "a b", "a-b", "a.b", "a=b", "a;b", "é", "@", "`", "[", "{", "a\r\n", String(repeating: "a", count: 33),
    ]) func anythingButLettersAndDigitsIsNoName(name: String) throws {
        #expect(throws: SettingsError.self) { _ = try FlowFixture { $0.name = name } }
    }

    @Test(arguments: ["a", "Z9", "0", String(repeating: "a", count: 32)]) func takesLettersAndDigits(name: String)
        throws
    {
        _ = try FlowFixture { $0.name = name }
    }
}
