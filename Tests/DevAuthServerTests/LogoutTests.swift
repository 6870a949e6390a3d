import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct LogoutTests {
    /// A browser that is logged in, and the ID token of that login.
    private func loggedIn(
        _ fixture: Fixture, scope: String = "openid"
    ) async throws -> (browser: ScriptedUserAgent, tokens: JSONObject) {
        var browser = fixture.browser()
        let code = try #require(try await fixture.walk(&browser, changing: ["scope": scope]).parameters("code").first)
        return (browser, try await fixture.requestTokens(for: code).json)
    }

    private func address(_ fields: [(String, String)]) -> String {
        let query = FormEncoding.encode(fields.map { FormField(name: $0, value: $1) })
        return "\(Fixture.issuerText)/oauth2/logout?\(query)"
    }

    private func isLoggedIn(_ browser: inout ScriptedUserAgent) async throws -> Bool {
        let page = try await browser.open(Fixture.address(["prompt": "none", "scope": "openid"]))
        return page.parameters("error") != ["login_required"]
    }

    @Test func logsOutAtOnceWithTheLoginsIDToken() async throws {
        let fixture = try Fixture()
        var (browser, tokens) = try await loggedIn(fixture)
        #expect(try await isLoggedIn(&browser))
        let page = try await browser.open(
            address([
                ("id_token_hint", try tokens.text("id_token")), ("post_logout_redirect_uri", Fixture.afterLogout),
                ("state", "s & t"),
            ]))
        #expect(page.unfollowed?.text == Fixture.afterLogout + "?state=s%20%26%20t")
        #expect(try await isLoggedIn(&browser) == false)
        #expect(browser.cookies["localhost"]?["login_flow_dev_session_3001"] == nil)
        #expect(await fixture.userInfo(try tokens.text("access_token")).status == 401)
    }

    @Test func acceptsAnExpiredHintAndKeepsOfflineTokens() async throws {
        let fixture = try Fixture()
        var (browser, tokens) = try await loggedIn(fixture, scope: "openid offline_access")
        fixture.clock.advance(seconds: 7200)
        let page = try await browser.open(address([("id_token_hint", try tokens.text("id_token"))]))
        #expect(page.status == 200)
        #expect(page.text.contains("You are logged out"))
        #expect(try await isLoggedIn(&browser) == false)
        #expect(await fixture.refresh(try tokens.text("refresh_token")).status == 200)
    }

    @Test(arguments: [
        [("client_id", "web-app"), ("post_logout_redirect_uri", Fixture.afterLogout), ("state", "s")],
        [("id_token_hint", "unknown.token.text"), ("client_id", "web-app")], [],
    ])
    func asksWhenNoHintProvesTheApp(_ fields: [(String, String)]) async throws {
        let fixture = try Fixture()
        var (browser, _) = try await loggedIn(fixture)
        let page = try await browser.open(address(fields))
        #expect(page.forms.map(\.id) == ["logout"])
        #expect(try await isLoggedIn(&browser))
        let stayed = try await browser.submit("logout", on: page, action: "stay")
        #expect(stayed.unfollowed == nil)
        #expect(try await isLoggedIn(&browser))
        let left = try await browser.submit("logout", on: page, action: "logout")
        #expect(left.unfollowed?.text == (fields.count == 3 ? Fixture.afterLogout + "?state=s" : nil))
        #expect(try await isLoggedIn(&browser) == false)
    }

    @Test func asksWhenTheHintIsOfAnotherLogin() async throws {
        let fixture = try Fixture()
        let (_, bystander) = try await loggedIn(fixture)
        var (browser, _) = try await loggedIn(fixture)
        let page = try await browser.open(address([("id_token_hint", try bystander.text("id_token"))]))
        #expect(page.forms.map(\.id) == ["logout"])
        #expect(try await isLoggedIn(&browser))
    }

    @Test(arguments: [
        [("client_id", "web-app"), ("post_logout_redirect_uri", "https://evil.example/")],
        [("client_id", "web-app"), ("post_logout_redirect_uri", Fixture.afterLogout + "?x")],
        [("client_id", "other-app"), ("post_logout_redirect_uri", Fixture.afterLogout)],
        [("client_id", "unknown"), ("post_logout_redirect_uri", Fixture.afterLogout)],
        [("post_logout_redirect_uri", Fixture.afterLogout)],
        [("client_id", "web-app"), ("client_id", "web-app")],
    ])
    func showsAPageInsteadOfRedirectingToAnUnknownURL(_ fields: [(String, String)]) async throws {
        let fixture = try Fixture()
        var (browser, _) = try await loggedIn(fixture)
        let page = try await browser.open(address(fields))
        #expect(page.status == 400)
        #expect(page.unfollowed == nil)
        #expect(try await isLoggedIn(&browser))
    }

    @Test func refusesAHintOfAnotherAppThanNamed() async throws {
        let fixture = try Fixture()
        var (browser, tokens) = try await loggedIn(fixture)
        let fields = [("id_token_hint", try tokens.text("id_token")), ("client_id", "other-app")]
        #expect(try await browser.open(address(fields)).status == 400)
        #expect(try await isLoggedIn(&browser))
    }

    @Test func refusesAForgedConfirmation() async throws {
        let fixture = try Fixture()
        var attacker = fixture.browser()
        let planted = try await attacker.open(address([]))
        var (browser, _) = try await loggedIn(fixture)
        #expect(try await browser.submit("logout", on: planted, action: "logout").status == 400)
        let own = try await browser.open(address([]))
        #expect(try await browser.submit("logout", on: own, filling: ["csrf": "x"], action: "logout").status == 400)
        #expect(try await isLoggedIn(&browser))
    }

    @Test func takesTheRequestByPOSTToo() async throws {
        let fixture = try Fixture()
        let (_, tokens) = try await loggedIn(fixture)
        let form = [("id_token_hint", try tokens.text("id_token")), ("post_logout_redirect_uri", Fixture.afterLogout)]
        let answer = await fixture.post("/oauth2/logout", form: form, authorization: nil)
        #expect(answer.status == 303)
        #expect(answer.field("Location") == Fixture.afterLogout)
    }
}
