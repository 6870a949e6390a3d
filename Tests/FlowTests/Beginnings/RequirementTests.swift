import AuthURL
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// What a page requires of the login of its session.
@Suite struct RequirementTests {
    /// An app whose provider logs users in at this moment, with a password.
    private func browser(hooks: any LoginHooks = NoHooks()) throws -> OddBrowser {
        let app = try OddApp(hooks: hooks)
        app.provider.bend { [clock = app.clock] bends in
            bends.claims = {
                $0["auth_time"] = .number(JSONNumber(Int(clock.now.seconds)))
                $0["acr"] = "password"
            }
        }
        return OddBrowser(app: app)
    }

    @Test func aLoginBeginsWithWhatThePageRequires() async throws {
        var browser = try browser()
        let login = await browser.begin(requiring: .login(maxAge: .seconds(300), acrValues: ["mfa", "password"]))
        #expect(login.parameter("max_age") == "300" && login.parameter("acr_values") == "mfa password")
        #expect(await browser.open(browser.response(login)).beginsSession)
    }

    @Test func aSessionThatIsTooOldLogsInAgainAndComesBack() async throws {
        var browser = try browser()
        await browser.logIn()
        let requirement = Requirement.login(maxAge: .seconds(300))
        browser.app.clock.advance(seconds: 360)
        #expect(
            await browser.open("/pay", requiring: requirement).text == "user subject-a", "clocks may differ by a minute"
        )
        browser.app.clock.advance(seconds: 1)
        let login = await browser.begin("/pay?id=7", requiring: requirement)
        #expect(login.parameter("max_age") == "300")
        #expect(await browser.open("/profile", requiring: .login).text == "user subject-a", "the session goes on")
        #expect(await browser.open(browser.response(login)).location == "/pay?id=7")
        #expect(await browser.open("/pay?id=7", requiring: requirement).text == "user subject-a")
    }

    @Test func aMaxAgeOfZeroLeadsToThePageAndNotInCircles() async throws {
        var browser = try browser()
        let login = await browser.begin("/pay", requiring: .login(maxAge: .zero))
        _ = await browser.open(browser.response(login))
        browser.app.clock.advance(seconds: 5)
        #expect(await browser.open("/pay", requiring: .login(maxAge: .zero)).text == "user subject-a")
    }

    @Test func aSessionThatDoesNotSayWhenLogsInAgain() async throws {
        var browser = OddBrowser(app: try OddApp())
        await browser.logIn()
        #expect(await browser.open("/pay", requiring: .login(maxAge: .seconds(300))).status == 303)
    }

    @Test func anotherContextLogsInAgain() async throws {
        var browser = try browser()
        await browser.logIn()
        #expect(await browser.open("/pay", requiring: .login(acrValues: ["password"])).text == "user subject-a")
        let login = await browser.begin("/pay", requiring: .login(acrValues: ["mfa"]))
        #expect(login.parameter("acr_values") == "mfa")
        let reply = await browser.open(browser.response(login))
        #expect(reply.status == 502 && !reply.beginsSession, "the provider does not give it")
    }

    @Test func noHookLoosensIt() async throws {
        var browser = try browser(hooks: LooseHook())
        let login = await browser.begin(requiring: .login(maxAge: .seconds(300), acrValues: ["mfa"]))
        #expect(login.parameter("max_age") == "300" && login.parameter("acr_values") == "mfa")
    }

    @Test func aScriptIsToldToLogIn() async throws {
        var browser = try browser()
        await browser.logIn()
        let reply = await browser.open(
            "/pay", requiring: .login(acrValues: ["mfa"]), accept: "application/json")
        #expect(reply.status == 401 && reply.text.contains("login_required"))
    }

    @Test func aLoginBegunAnewIsHeldToIt() async throws {
        var browser = try browser()
        let login = await browser.begin(requiring: .login(maxAge: .seconds(300), acrValues: ["mfa"]))
        let error = "error=temporarily_unavailable&error_description=authentication_expired&state=%STATE%"
        let second = browser.app.begun(await browser.open(browser.response(login, error)))
        #expect(second.parameter("max_age") == "300" && second.parameter("acr_values") == "mfa")
    }

    @Test func hugeAndNegativeAgesTrapNothing() async throws {
        var browser = try browser()
        await browser.logIn()
        for age in [Duration.seconds(Int64.max), .seconds(Int64.min)] {
            let status = await browser.open("/pay", requiring: .login(maxAge: age)).status
            #expect(status == 200)
        }
    }
}

private struct LooseHook: LoginHooks {
    func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
        request.maxAge = .seconds(86_400)
        request.acrValues = []
    }

    func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
}
