import AuthURL
import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

/// The head of every answer stays below what the tightest of the usual proxies takes.
@Suite struct HeadBoundTests {
    private static let limit = 3_500

    private func octets(_ reply: BrowserReply) -> Int {
        // Status line, Date, Content-Length and an empty line, as a server writes them.
        reply.fields.reduce(100) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    }

    private func longPath(_ count: Int) -> String { "/private?q=" + String(repeating: "x", count: count - 11) }

    /// Cookies of unfinished logins, each as large as the previous release wrote them.
    private func abandoned(_ count: Int, octets: Int) -> String {
        (0..<count).map {
            "login-3000.\(String($0, radix: 36)).AAAAAAAAAAA\($0)=" + String(repeating: "A", count: octets)
        }
        .joined(separator: "; ")
    }

    @Test(arguments: [64, 1_024, 1_025, 2_048], [0, 8, 10]) func aLoginWithALongPathAndAbandonedOnes(
        path: Int, others: Int
    ) async throws {
        let fixture = try FlowFixture()
        let reply = await fixture.visit(longPath(path), cookie: abandoned(others, octets: 400))
        #expect(reply.status == 303)
        #expect(octets(reply) <= HeadBoundTests.limit)
        #expect(reply.cookies.count == 1)
    }

    /// A HEAD is sent to the login with its path encoded once more, which may triple it.
    @Test(arguments: [8, 600, 2_000]) func aHeadOfAPageWithALongQueryIsSentToTheLogin(count: Int) async throws {
        let fixture = try FlowFixture()
        let reply = await fixture.visit("/private?" + String(repeating: "&", count: count), method: .head)
        #expect(reply.status == 303)
        #expect(reply.location?.hasPrefix("/login") == true)
        #expect(reply.location?.contains("returnTo") == (count < 2_000))
        #expect(octets(reply) <= HeadBoundTests.limit)
    }

    @Test(arguments: [1_025, 2_048]) func aLongPathIsKeptInTheStoreAndLedTo(count: Int) async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning(from: longPath(count))
        #expect(login.cookie.utf8.count < 600)
        #expect(await fixture.answer(login.request()).location == longPath(count))
        #expect(await fixture.answer(login.request()).location == longPath(count), "a duplicate too")
    }

    @Test func aKeptPathThatIsGoneLeadsToThePage() async throws {
        let keys = SealingKeys(generatedBy: .system)
        let first = try FlowFixture(keys: keys)
        let login = try await first.returning(from: longPath(2_000))
        let other = try FlowFixture(keys: keys, clock: first.clock, sharing: first)
        #expect(await other.answer(login.request()).location == "/private")
        #expect(other.events.events.contains { $0.name == "login.return_shortened" })
    }

    @Test(arguments: ["#saved-request", "/private#saved-request", "/private?a=b#saved-request"])
    func aPathThatLooksLikeAMarkLeadsToItsPage(path: String) async throws {
        let fixture = try FlowFixture()
        let begun = await fixture.visit("/login?returnTo=" + FormEncoding.encodeComponent(path))
        #expect(begun.status == 303)
        #expect(begun.location?.hasPrefix("http://localhost:3001/authorize?") == true)
    }

    @Test func aFloodOfLongPathsIsBoundedAndKeepsNobodyOut() async throws {
        let fixture = try FlowFixture()
        for _ in 0..<2_000 { _ = await fixture.visit(longPath(1_100)) }
        let login = try await fixture.returning(from: longPath(1_100))
        let reply = await fixture.answer(login.request())
        #expect(reply.location == "/private")
        #expect(reply.setsSession)
        fixture.clock.advance(seconds: 601)
        let later = try await fixture.returning(from: longPath(1_100))
        #expect(await fixture.answer(later.request()).location == longPath(1_100))
    }

    @Test func withoutAStoreALongPathIsRefusedWithAPage() async throws {
        let fixture = try FlowFixture(cookies: CookieSessions(epoch: RevocationEpoch(.distantPast)))
        let reply = await fixture.visit(longPath(1_025))
        #expect(reply.status == 414)
        #expect(reply.text.contains("too long to come back to"))
        #expect(reply.fields.values(named: "Set-Cookie").isEmpty)
        #expect(fixture.events.refusals == ["return_path_too_long"])
        #expect(await fixture.visit(longPath(1_024)).status == 303)
    }

    @Test func abandonedLoginsArePutOutInTurns() async throws {
        let fixture = try FlowFixture()
        var cookies = abandoned(30, octets: 60).split(separator: "; ").map { String($0) }
        for _ in 0..<6 {
            let reply = await fixture.visit("/private", cookie: cookies.joined(separator: "; "))
            #expect(octets(reply) <= HeadBoundTests.limit)
            for value in reply.fields.values(named: "Set-Cookie") where value.contains("Max-Age=0") {
                cookies.removeAll { $0.hasPrefix(String(value.prefix { $0 != "=" }) + "=") }
            }
            cookies += reply.cookies
        }
        #expect(cookies.count <= 10)
    }

    /// A hook may ask for more than an address holds.
    @Test func anAuthorizationRequestThatIsTooLongIsPosted() async throws {
        let fixture = try FlowFixture(hooks: LongRequest())
        var browser = try fixture.browser()
        let page = try await browser.open(FlowFixture.base + "/private")
        #expect(page.status == 200)
        #expect(page.response.fields.reduce(100) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 } <= 3_500)
        let form = try #require(page.forms.first { $0.id == "continue" })
        #expect(form.action == "http://localhost:3001/authorize")
        let loginPage = try await browser.submit("continue", on: page, action: "go")
        #expect(loginPage.forms.contains { $0.id == "login" })
        var next = try await browser.logIn(on: loginPage, as: "alice", password: "alice's password")
        if next.forms.contains(where: { $0.id == "consent" }) {
            next = try await browser.submit("consent", on: next, action: "allow")
        }
        #expect(next.text == "user subject-a")
    }

    private struct LongRequest: LoginHooks {
        func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
            try request.addExtra("note", value: String(repeating: "c", count: 3_000))
        }

        func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
    }

    /// An ID token of 3,814 octets was a 502 behind nginx as it comes.
    @Test(arguments: [10, 3_000, 8_000]) func aLogoutWithALargeIDTokenStaysShortAndWorks(octets count: Int)
        async throws
    {
        let fixture = try FlowFixture()
        try fixture.resignIDTokens { $0["groups"] = .string(String(repeating: "g", count: count)) }
        var browser = try fixture.browser()
        _ = try await fixture.logIn(&browser)
        let asked = try await browser.open(FlowFixture.base + "/logout")
        var page = try await browser.submit("logout", on: asked, action: "logout")
        let isForm = page.forms.contains { $0.id == "continue" }
        #expect(isForm == (count > 1_000))
        if isForm {
            let head = page.response.fields.reduce(100) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
            #expect(head <= HeadBoundTests.limit)
            #expect(browser.cookies["localhost"]?["session-3000"] == nil, "logged out before anything else")
            page = try await browser.submit("continue", on: page, action: "go")
        }
        // The provider did not sign this hint itself, and so asks.
        page = try await browser.submit("logout", on: page, action: "logout")
        #expect(page.text == "nobody")
        #expect(page.url.text == "http://localhost:3000/")
        #expect(fixture.events.events.last { $0.name == "logout.returned" }?.details == [.init("state", "as sent")])
    }

    @Test func theHintIsLeftOutWhereItIsSetSo() async throws {
        let fixture = try FlowFixture { $0.logoutHint = .none }
        let cookie = try await fixture.loggedIn()
        let token = try await fixture.session(cookie).csrfToken
        let reply = await fixture.visit(
            "/logout", cookie: cookie, method: .post, form: [("csrf_token", token)])
        #expect(reply.location?.contains("id_token_hint") == false)
        #expect(reply.location?.contains("client_id=web-app") == true)
    }
}
