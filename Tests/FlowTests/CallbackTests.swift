import DevAuthServer
import LoginFlow
import OAuthTypes
import TestSupport
import Testing

/// Whatever arrives at the callback: no session, no token request, and a page that says what to do.
@Suite struct CallbackTests {
    enum Forgery: String, CaseIterable {
        case noState, emptyState, foreignState, hugeState, nullState, twoStates, twoCodes, twoIssuers
        case wrongIssuer, slashedIssuer, noIssuer, noCode, hugeCode, codeAndError, brokenEscape, onlyAmpersands
    }

    private func target(_ forgery: Forgery, _ login: Returning) -> String {
        switch forgery {
        case .noState: login.target(setting: "state", to: nil)
        case .emptyState: login.target(setting: "state", to: "")
        case .foreignState: login.target(setting: "state", to: String(repeating: "A", count: 43))
        case .hugeState: login.target(setting: "state", to: String(repeating: "A", count: 1_000_000))
        case .nullState: login.target(setting: "state", to: "\0")
        case .twoStates: login.target + "&state=x"
        case .twoCodes: login.target + "&code=x"
        case .twoIssuers: login.target + "&iss=x"
        case .wrongIssuer: login.target(setting: "iss", to: "https://evil.example")
        case .slashedIssuer: login.target(setting: "iss", to: "http://localhost:3001/")
        case .noIssuer: login.target(setting: "iss", to: nil)
        case .noCode: login.target(setting: "code", to: nil)
        case .hugeCode: login.target(setting: "code", to: String(repeating: "c", count: 5000))
        case .codeAndError: login.target + "&error=access_denied"
        case .brokenEscape: login.target + "&x=%zz"
        case .onlyAmpersands: "/callback?&&&"
        }
    }

    @Test(arguments: Forgery.allCases) func refusesForgedCallbacks(_ forgery: Forgery) async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        let reply = await fixture.answer(login.request(target(forgery, login)))
        #expect((400..<600).contains(reply.status))
        #expect(!reply.setsSession)
        #expect(fixture.transport.count(path: "/token") == 0)
        #expect(fixture.events.refusals.count == 1)
    }

    @Test func refusesAStateFromAnotherBrowser() async throws {
        let fixture = try FlowFixture()
        let attacker = try await fixture.returning(as: "bob")
        let victim = try await fixture.returning(as: "alice")
        let reply = await fixture.answer(attacker.request(cookie: victim.cookie))
        #expect(reply.status == 400)
        #expect(fixture.transport.count(path: "/token") == 0)
    }

    @Test func refusesACallbackWithoutItsCookie() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        let reply = await fixture.answer(login.request(cookie: ""))
        #expect(reply.status == 400)
        #expect(reply.text.contains("log in again"))
        #expect(fixture.events.refusals == ["callback_unknown_login"])
    }

    /// AU-17: nothing in the response is used, and another login begins in its place.
    @Test(arguments: [601, 86_400, -86_400]) func refusesALoginThatTookTooLong(seconds: Int64) async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        fixture.clock.advance(seconds: seconds)
        let reply = await fixture.answer(login.request())
        #expect(reply.status == 303 && reply.location?.hasPrefix("http://localhost:3001/authorize?") == true)
        #expect(!reply.setsSession)
        #expect(fixture.events.events.count { $0.name == "login.retried" } == 1)
        #expect(fixture.transport.count(path: "/token") == 0)
    }

    @Test func refusesEveryFlippedBitOfThePendingCookie() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        let equals = try #require(login.cookie.firstIndex(of: "="))
        let value = Array(login.cookie[login.cookie.index(after: equals)...].utf8)
        for index in value.indices {
            var changed = value
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let cookie = login.cookie[...equals] + String(decoding: changed, as: UTF8.self)
            let reply = await fixture.answer(login.request(cookie: String(cookie)))
            #expect(!reply.setsSession)
        }
        #expect(fixture.transport.count(path: "/token") == 0)
    }

    @Test func refusesACookieThatStandsTwice() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        let reply = await fixture.answer(login.request(cookie: login.cookie + "; " + login.cookie))
        #expect(reply.status == 400)
    }

    @Test func refusesASessionCookieInPlaceOfAPendingLogin() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        let done = await fixture.answer(login.request())
        let session = try #require(done.cookies.first { $0.hasPrefix("session") }).split(separator: "=")[1]
        let next = try await fixture.returning(as: "bob")
        let name = next.cookie.prefix { $0 != "=" }
        let before = fixture.transport.count(path: "/token")
        let reply = await fixture.answer(next.request(cookie: "\(name)=\(session)"))
        #expect(reply.status == 400)
        #expect(fixture.transport.count(path: "/token") == before)
    }

    @Test(arguments: [HTTPMethod.post, .head, .put]) func anotherMethodConsumesNoLogin(_ method: HTTPMethod)
        async throws
    {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        let reply = await fixture.answer(login.request(method: method))
        #expect(reply.status == ([.head: 200, .post: 415][method] ?? 405))
        #expect(reply.fields.values(named: "Set-Cookie").isEmpty)
        #expect(fixture.transport.count(path: "/token") == 0)
        #expect(await fixture.answer(login.request()).setsSession)
    }

    @Test func aPrefetchDoesNotConsumeALogin() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        var prefetch = login.request()
        prefetch.fields += [HeaderField("Sec-Purpose", "prefetch")].compactMap(\.self)
        #expect(!(await fixture.answer(prefetch).setsSession))
        #expect(await fixture.answer(login.request()).setsSession)
    }

    @Test func aDeclinedLoginIsTheUsersTurn() async throws {
        let fixture = try FlowFixture()
        var browser = try fixture.browser()
        let loginPage = try await browser.open(FlowFixture.base + "/private")
        let consent = try await browser.logIn(on: loginPage, as: "alice", password: "alice's password")
        let page = try await browser.submit("consent", on: consent, action: "deny")
        #expect(page.status == 403)
        #expect(page.text.contains("The login was declined"))
        #expect(browser.cookies["localhost"]?["session-3000"] == nil)
        #expect(fixture.transport.count(path: "/token") == 0)
    }

    // The operator reads it, cleaned and cut: the cause is often nowhere else.
    @Test func foreignErrorTextNeverReachesAPage() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        let bare = login.target(setting: "code", to: nil)
        let hostile = "&error=%3Cscript%3E&error_description=%3Cscript%3Ealert(1)%3C%2Fscript%3E%0A%1B[31m%22"
        let reply = await fixture.answer(login.request(bare + hostile))
        #expect(!reply.text.contains("script"))
        #expect(fixture.events.everything.contains("the provider's words: '<script>alert(1)</script>[31m'"))
    }

    @Test func answersOfTheCallbackAreForNobodyElse() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        let reply = await fixture.answer(login.request())
        #expect(reply.status == 303)
        #expect(reply.fields.values(named: "Cache-Control") == ["no-store"])
        #expect(reply.fields.values(named: "Referrer-Policy") == ["no-referrer"])
        #expect(reply.body.isEmpty)
    }

    @Test func noFieldOfTheProvidersAnswersIsPassedOn() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        fixture.transport.tamper { _, response in
            let planted = [("Set-Cookie", "planted=1"), ("X-Planted", "1"), ("Date", "Thu, 01 Jan 1970 00:00:00 GMT")]
            return TransportResponse(
                status: response.status, fields: response.fields + planted.compactMap { HeaderField($0.0, $0.1) },
                body: response.body)
        }
        let reply = await fixture.answer(login.request())
        #expect(reply.setsSession, "the time is the app's own")
        #expect(fixture.transport.count(path: "/token") == 1)
        #expect(!reply.fields.contains { $0.value.contains("planted") })
        #expect(reply.fields.values(named: "X-Planted").isEmpty)
        #expect(reply.fields.values(named: "Date").isEmpty)
    }
}
