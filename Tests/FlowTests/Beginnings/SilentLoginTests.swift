import AuthURL
import LoginFlow
import OAuthTypes
import TestSupport
import Testing

/// A login without asking (OpenID Connect Core §3.1.2.1, `prompt=none`).
@Suite struct SilentLoginTests {
    private func app(
        hooks: any LoginHooks = NoHooks(), bend: (inout OddProvider.Bends) -> Void = { _ in }
    ) throws -> OddApp {
        try OddApp(hooks: hooks, bend: bend) { $0.silentLoginPause = .seconds(3600) }
    }

    @Test func aVisitorIsLoggedInWithoutAPage() async throws {
        var browser = OddBrowser(app: try app())
        let login = await browser.begin("/news?page=2", requiring: .silentLogin)
        #expect(login.reply.status == 303 && login.parameter("prompt") == "none")
        let reply = await browser.open(browser.response(login))
        #expect(reply.location == "/news?page=2")
        #expect(await browser.open("/news?page=2", requiring: .silentLogin).text == "user subject-a")
    }

    /// Core §3.1.2.6, and whatever else a provider says.
    @Test(arguments: [
        "login_required", "interaction_required", "account_selection_required", "consent_required", "access_denied",
        "invalid_request", "server_error", "temporarily_unavailable",
    ]) func anErrorLetsTheVisitorGoOn(error: String) async throws {
        var browser = OddBrowser(app: try app())
        let login = await browser.begin(requiring: .silentLogin)
        let reply = await browser.open(browser.response(login, "error=\(error)&state=%STATE%"))
        #expect(reply.status == 303 && reply.location == "/profile")
        #expect(await browser.open("/profile", requiring: .silentLogin).text == "visitor", "no second try")
        #expect(browser.app.events.refusals.isEmpty)
        #expect(browser.app.details("login.silent_ended").count == 1)
        #expect(browser.app.details("login.retried").isEmpty)
    }

    @Test func aVisitorIsAskedAgainAfterThePause() async throws {
        var browser = OddBrowser(app: try app())
        _ = await browser.begin(requiring: .silentLogin)
        #expect(await browser.open("/profile", requiring: .silentLogin).text == "visitor", "even if none came back")
        browser.cookies["__Host-silent"] = nil
        #expect(await browser.open("/profile", requiring: .silentLogin).text == "visitor")
        #expect(await browser.open("/profile", requiring: .silentLogin).status == 303)
    }

    /// A crawler would never get to the page.
    @Test func aBrowserWithoutCookiesIsNeverSentAway() async throws {
        var browser = OddBrowser(app: try app())
        for _ in 1...3 {
            let reply = await browser.open("/news", requiring: .silentLogin, keeping: false)
            #expect(reply.text == "visitor")
        }
    }

    @Test func aLogoutIsNotUndone() async throws {
        var browser = OddBrowser(app: try app())
        await browser.logIn()
        let page = await browser.open("/logout", accept: "application/json")
        let token = page.text.split(separator: "\"csrf_token\":\"").last?.prefix { $0 != "\"" } ?? ""
        _ = await browser.open("/logout", method: .post, form: [("csrf_token", String(token))])
        #expect(await browser.open("/profile", requiring: .silentLogin).text == "visitor")
    }

    @Test func aLogoutSetsNoCookieWhereNothingIsSilent() async throws {
        var browser = OddBrowser(app: try OddApp())
        await browser.logIn()
        let page = await browser.open("/logout", accept: "application/json")
        let token = page.text.split(separator: "\"csrf_token\":\"").last?.prefix { $0 != "\"" } ?? ""
        _ = await browser.open("/logout", method: .post, form: [("csrf_token", String(token))])
        #expect(browser.cookies["__Host-silent"] == nil)
    }

    @Test func withoutTheSettingNobodyIsAsked() async throws {
        var browser = OddBrowser(app: try OddApp())
        #expect(await browser.open("/profile", requiring: .silentLogin).text == "visitor")
    }

    @Test func aProviderThatIsAwayCostsNoPage() async throws {
        let app = try app { $0.failures = ["/.well-known/openid-configuration": .timedOut] }
        var browser = OddBrowser(app: app)
        for _ in 1...3 { #expect(await browser.open("/profile", requiring: .silentLogin).text == "visitor") }
        #expect(browser.cookies["__Host-silent"] == "1")
        #expect(app.events.refusals.isEmpty)
        #expect(app.details("login.silent_ended").map { $0["code"] } == ["discovery_failed"])
    }

    @Test(arguments: [HTTPMethod.head, .post]) func onlyAGetAsks(method: HTTPMethod) async throws {
        var browser = OddBrowser(app: try app())
        #expect(await browser.open("/profile", requiring: .silentLogin, method: method).status == 200)
    }

    @Test func aProgramIsNotSentAway() async throws {
        var browser = OddBrowser(app: try app())
        let reply = await browser.open("/profile", requiring: .silentLogin, accept: "application/json")
        #expect(reply.text == "visitor")
    }

    @Test func noHookMakesItAsk() async throws {
        var browser = OddBrowser(app: try app(hooks: AskingHook()))
        let login = await browser.begin(requiring: .silentLogin)
        #expect(login.parameter("prompt") == "none")
    }

    @Test func anAskedLoginStaysOne() async throws {
        var browser = OddBrowser(app: try app())
        _ = await browser.begin(requiring: .silentLogin)
        let login = await browser.begin(requiring: .login)
        #expect(login.parameter("prompt") == nil)
        #expect(await browser.open(browser.response(login, "error=login_required&state=%STATE%")).status == 403)
    }

    @Test(arguments: [Duration.seconds(59), .seconds(2_592_001), .seconds(-1)])
    func aPauseHasBounds(pause: Duration) {
        #expect(throws: SettingsError.self) { _ = try OddApp(configure: { $0.silentLoginPause = pause }) }
    }
}

private struct AskingHook: LoginHooks {
    func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
        request.prompt = [.login]
    }
    func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
}
