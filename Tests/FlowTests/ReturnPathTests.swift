import DevAuthServer
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Through the front door: whatever `returnTo` says, the login ends on this origin.
@Suite struct ReturnPathTests {
    /// Logs in with a `returnTo` and answers where the callback leads. The browser stays logged in at the provider.
    private func destination(
        _ value: String, in fixture: FlowFixture, with browser: inout FlowFixture.Browser
    ) async throws -> String {
        let target = "/login?" + FormEncoding.encode([FormField(name: "returnTo", value: value)])
        return try await destination(of: fixture.visit(target), in: fixture, with: &browser)
    }

    private func destination(
        of begun: BrowserReply, in fixture: FlowFixture, with browser: inout FlowFixture.Browser
    ) async throws -> String {
        var page = try await browser.open(try #require(begun.location))
        if page.unfollowed == nil {
            page = try await browser.logIn(on: page, as: "alice", password: "alice's password")
        }
        if page.unfollowed == nil { page = try await browser.submit("consent", on: page, action: "allow") }
        let callback = try #require(page.unfollowed)
        let reply = await fixture.visit(
            "/callback?" + (callback.query ?? ""), cookie: begun.cookies.joined(separator: "; "))
        #expect(reply.setsSession)
        return try #require(reply.location)
    }

    @Test func nothingLeavesTheOrigin() async throws {
        let fixture = try FlowFixture()
        var browser = fixture.interceptedBrowser()
        let document = try JSONReader.object(VectorFile.own("returnto/returnto_cases.json"))
        let cases = try #require(document["cases"]?.arrayValue)
        #expect(cases.count == 129)
        for entry in cases {
            let value = try #require(entry.objectValue?["value"]?.stringValue)
            let expected: Set<String> =
                switch entry.objectValue?["expect"] {
                case "accept": [value]
                case "either": [value, "/"]
                default: ["/"]
                }
            let place = try await destination(value, in: fixture, with: &browser)
            #expect(expected.contains(place), "\(value.debugDescription)")
        }
    }

    @Test(arguments: [
        "/login", "/callback", "/logout", "/LOGIN", "/callback/", "/log%69n", "/logout?x=1", "/callback?code=a&state=b",
        "/login#x",
    ])
    func theFlowsOwnPathsLeadHome(value: String) async throws {
        let fixture = try FlowFixture()
        var browser = fixture.interceptedBrowser()
        #expect(try await destination(value, in: fixture, with: &browser) == "/")
    }

    @Test(arguments: [
        ("//evil.example", "/"), ("/\\evil.example", "/"), ("/%2F/evil.example", "/"), ("https://evil.example/", "/"),
        ("/a/../..//evil.example", "/"), ("/private?next=//evil.example", "/private?next=//evil.example"),
    ]) func theRequestsOwnPathIsHeldToTheSameRule(target: String, place: String) async throws {
        let fixture = try FlowFixture()
        var browser = fixture.interceptedBrowser()
        let begun = await fixture.visit(target)
        #expect(try await destination(of: begun, in: fixture, with: &browser) == place)
    }

    @Test func aReturnToAtTheCallbackIsIgnored() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning(from: "/private")
        let reply = await fixture.answer(login.request(login.target + "&returnTo=%2Felsewhere"))
        #expect(reply.location == "/private")
    }

    @Test func aReturnToThatStandsTwiceCountsAsNone() async throws {
        let fixture = try FlowFixture()
        var browser = fixture.interceptedBrowser()
        let begun = await fixture.visit("/login?returnTo=/a&returnTo=/b")
        #expect(try await destination(of: begun, in: fixture, with: &browser) == "/")
    }

    @Test func aPostedPageIsNotReturnedTo() async throws {
        let fixture = try FlowFixture()
        var browser = fixture.interceptedBrowser()
        let sent = await fixture.visit("/order", method: .post)
        let begun = await fixture.visit(try #require(sent.location))
        #expect(try await destination(of: begun, in: fixture, with: &browser) == "/")
    }

    @Test(arguments: [
        "Host", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Original-URL", "X-Rewrite-URL", "Referer",
        "Origin",
    ])
    func noHeaderFieldChangesTheRedirectURI(name: String) async throws {
        let fixture = try FlowFixture()
        var request = FlowFixture.request("/login")
        request.fields += [HeaderField(name, "host=evil.example;https://evil.example/x")].compactMap(\.self)
        let location = try #require(await fixture.answer(request).location)
        let fields = try FormEncoding.decode(location.split(separator: "?").last ?? "")
        #expect(fields.first { $0.name == "redirect_uri" }?.value == "http://localhost:3000/callback")
        #expect(!location.contains("evil"))
    }
}
