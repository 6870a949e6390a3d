import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct AuthorizeTests {
    /// Before client and redirect URI are known to belong together, nothing is redirected.
    @Test(
        arguments: [
            ["client_id": nil], ["client_id": "unknown"], ["client_id": "other-app"], ["redirect_uri": nil],
            ["redirect_uri": "https://evil.example/callback"], ["redirect_uri": Fixture.callback + "/"],
            ["redirect_uri": Fixture.callback + "?x=1"], ["redirect_uri": "http://LOCALHOST:3000/callback"],
            ["redirect_uri": "http://127.0.0.1:3000/callback"], ["redirect_uri": "http://localhost:3000/callbac%6B"],
            ["redirect_uri": "http://localhost:3000/callbac\u{212A}"], ["redirect_uri": "javascript:alert(1)"],
            ["redirect_uri": "https://evil.example", "response_type": "token"],
            ["redirect_uri": "https://evil.example", "prompt": "none"],
        ] as [[String: String?]])
    func showsAPageInsteadOfRedirectingToAnUnknownURL(_ changes: [String: String?]) async throws {
        let response = await (try Fixture()).get(Fixture.authorize(changes))
        #expect(response.status == 400)
        #expect(response.field("Location") == nil)
        #expect(response.text.contains("role=\"alert\""))
    }

    @Test(arguments: ["client_id", "redirect_uri"])
    func showsAPageWhenTheReturnAddressStandsThereTwice(_ name: String) async throws {
        let response = await (try Fixture()).get(Fixture.authorize(also: [(name, "https://evil.example")]))
        #expect(response.status == 400)
        #expect(response.field("Location") == nil)
    }

    @Test(
        arguments: [
            (["response_type": nil], "invalid_request"), (["response_type": "token"], "unsupported_response_type"),
            (["response_type": "code id_token"], "unsupported_response_type"),
            (["response_mode": "fragment"], "invalid_request"), (["scope": nil], "invalid_scope"),
            (["scope": "profile"], "invalid_scope"), (["scope": "openid \"x"], "invalid_scope"),
            (["code_challenge": nil], "invalid_request"), (["code_challenge": "short"], "invalid_request"),
            (["code_challenge_method": nil], "invalid_request"),
            (["code_challenge_method": "plain"], "invalid_request"),
            (["prompt": "none login"], "invalid_request"), (["prompt": "dance"], "invalid_request"),
            (["max_age": "-1"], "invalid_request"), (["max_age": "+1"], "invalid_request"),
            (["max_age": "99999999999999999999"], "invalid_request"), (["audience": "urn:other"], "invalid_target"),
            (["request": "e30.e30."], "request_not_supported"), (["prompt": "none"], "login_required"),
            (["request_uri": "https://evil.example"], "request_uri_not_supported"),
        ] as [([String: String?], String)])
    func redirectsErrorsWithStateAndIssuer(_ changes: [String: String?], code: String) async throws {
        var browser = try Fixture().browser()
        let page = try await browser.open(Fixture.address(changes))
        #expect(page.unfollowed?.text.hasPrefix(Fixture.callback + "?") == true)
        #expect(page.parameters("error") == [code])
        #expect(page.parameters("state") == ["state-1"])
        #expect(page.parameters("iss") == [Fixture.issuerText])
        #expect(page.parameters("code").isEmpty)
    }

    @Test(arguments: ["state", "nonce", "scope", "code_challenge"])
    func redirectsWhenAParameterStandsThereTwice(_ name: String) async throws {
        var browser = try Fixture().browser()
        let page = try await browser.open(Fixture.address(also: [(name, "other")]))
        #expect(page.parameters("error") == ["invalid_request"])
    }

    @Test func takesTheRequestByPOSTToo() async throws {
        let fixture = try Fixture()
        let response = await fixture.post("/authorize", form: Fixture.request, authorization: nil)
        #expect(response.status == 200)
        #expect(response.text.contains("id=\"login\""))
    }

    @Test func answersAtOnceOnceLoggedInAndAllowed() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        _ = try await fixture.walk(&browser)
        let again = try await browser.open(Fixture.address(["state": "state-2", "prompt": "none"]))
        #expect(again.parameters("code").count == 1)
        #expect(again.parameters("state") == ["state-2"])
    }

    @Test func asksForConsentAgainForMoreScopesAndOtherApps() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        _ = try await fixture.walk(&browser, changing: ["scope": "openid"])
        let more = try await browser.open(Fixture.address(["scope": "openid email", "prompt": "none"]))
        #expect(more.parameters("error") == ["consent_required"])
        let other = try await browser.open(
            Fixture.address(["client_id": "other-app", "redirect_uri": "http://localhost:4000/cb", "scope": "openid"]))
        #expect(other.forms.map(\.id) == ["consent"])
    }

    @Test(arguments: [("login", "login"), ("select_account", "login"), ("consent", "consent")])
    func honoursPrompt(_ prompt: String, form: String) async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        _ = try await fixture.walk(&browser)
        let page = try await browser.open(Fixture.address(["prompt": prompt]))
        #expect(page.forms.first?.id == form)
    }

    @Test func honoursMaxAge() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        _ = try await fixture.walk(&browser)
        fixture.clock.advance(seconds: 100)
        #expect(try await browser.open(Fixture.address(["max_age": "100"])).unfollowed != nil)
        fixture.clock.advance(seconds: 1)
        #expect(try await browser.open(Fixture.address(["max_age": "100"])).forms.first?.id == "login")
        let silent = try await browser.open(Fixture.address(["max_age": "0", "prompt": "none"]))
        #expect(silent.parameters("error") == ["login_required"])
    }

    @Test func changesAuthTimeOnlyByLoggingIn() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        _ = try await fixture.walk(&browser)
        let first = fixture.clock.now
        fixture.clock.advance(seconds: 1000)
        let silent = try await browser.open(Fixture.address())
        let code = try #require(silent.parameters("code").first)
        #expect(
            try await fixture.requestTokens(for: code).json.claims(of: "id_token")["auth_time"]?.intValue
                == Int(first.seconds))
        let login = try await browser.open(Fixture.address(["prompt": "login"]))
        let arrived = try await browser.logIn(on: login, as: "alice", password: "correct horse")
        let fresh = try #require(arrived.parameters("code").first)
        let authTime = try await fixture.requestTokens(for: fresh).json.claims(of: "id_token")["auth_time"]
        #expect(authTime?.intValue == Int(first.seconds) + 1000)
    }

    @Test func asksAnotherUserToLogInWhenTheHintNamesAlice() async throws {
        let fixture = try Fixture()
        let hint = try await fixture.tokens().text("id_token")
        var browser = fixture.browser()
        _ = try await fixture.walk(&browser, as: "bob")
        let page = try await browser.open(Fixture.address(["prompt": "none", "id_token_hint": hint]))
        #expect(page.parameters("error") == ["login_required"])
    }

    @Test func forgetsALoginWhenItsSessionEnds() async throws {
        let fixture = try Fixture(lifetimes: DevLifetimes(session: .seconds(1000)))
        var browser = fixture.browser()
        _ = try await fixture.walk(&browser)
        fixture.clock.advance(seconds: 1000)
        #expect(try await browser.open(Fixture.address()).forms.first?.id == "login")
    }
}
