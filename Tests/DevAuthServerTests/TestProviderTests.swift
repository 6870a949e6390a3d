import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct TestProviderTests {
    private static func choose(
        _ account: String, on page: ScriptedUserAgent.Page, in browser: inout ScriptedUserAgent,
        filling values: [String: String] = [:]
    ) async throws -> ScriptedUserAgent.Page {
        let form = try #require(page.forms.first { $0.id == "choose" })
        return try await browser.submit(
            form, on: page, filling: values, button: FormField(name: "account", value: account))
    }

    private static func opened(
        _ browser: inout ScriptedUserAgent, at address: String = Fixture.address()
    ) async throws -> ScriptedUserAgent.Page {
        let login = try await browser.open(address)
        let form = try #require(login.forms.first { $0.id == "provider" })
        return try await browser.submit(form, on: login, filling: [:], button: nil)
    }

    @Test func logsInTheChosenAccountAndNamesTheProvider() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        var page = try await Self.opened(&browser)
        page = try await Self.choose("bob", on: page, in: &browser)
        page = try await browser.submit("consent", on: page, action: "allow")
        let claims = try await fixture.requestTokens(for: try #require(page.parameters("code").first)).json
            .claims(of: "id_token")
        #expect(claims["sub"] == "user-2")
        #expect(claims["idp"] == "test-identity-provider")
        #expect(claims["amr"] == nil)
    }

    @Test func aPasswordLoginNamesNoProvider() async throws {
        let claims = try await (try Fixture()).tokens().claims(of: "id_token")
        #expect(claims["idp"] == nil)
        #expect(claims["amr"] == ["pwd"])
    }

    @Test func aRuleLearnsHowTheUserLoggedIn() async throws {
        let rule = DevRule("no strangers") { login in
            login.option == .testProvider ? .deny(reason: "use your password") : .allow
        }
        let fixture = try Fixture(rules: [rule])
        var browser = fixture.browser()
        let page = try await Self.choose("bob", on: try await Self.opened(&browser), in: &browser)
        #expect(page.parameters("error") == ["access_denied"])
        #expect(try await fixture.tokens()["id_token"] != nil)
    }

    @Test(arguments: ["", "mallory", "alice", "\"><script>"])
    func logsInNoOtherAccountThanThoseShown(_ account: String) async throws {
        let fixture = try Fixture { _, accounts in accounts[0].loginOptions = [.password] }
        var browser = fixture.browser()
        let page = try await Self.opened(&browser)
        #expect(!page.text.contains("value=\"alice\""))
        let answer = try await Self.choose(account, on: page, in: &browser)
        #expect(answer.forms.map(\.id) == ["choose"])
        #expect(answer.text.contains("role=\"alert\""))
        #expect(!answer.text.contains("<script"))
    }

    @Test func givesUpAfterTenWrongChoices() async throws {
        var browser = try Fixture().browser()
        var page = try await Self.opened(&browser)
        for _ in 0..<10 { page = try await Self.choose("mallory", on: page, in: &browser) }
        #expect(page.parameters("error") == ["access_denied"])
    }

    @Test func refusesAFormOfAnotherBrowser() async throws {
        let fixture = try Fixture()
        var (attacker, victim) = (fixture.browser(), fixture.browser())
        let planted = try await Self.opened(&attacker)
        _ = try await Self.opened(&victim)
        #expect(try await Self.choose("bob", on: planted, in: &victim).status == 400)
    }

    @Test(arguments: ["csrf", "transaction"], ["", "AAAA", "forged&x=1"])
    func refusesAForgedForm(_ field: String, value: String) async throws {
        var browser = try Fixture().browser()
        let page = try await Self.opened(&browser)
        #expect(try await Self.choose("bob", on: page, in: &browser, filling: [field: value]).status == 400)
    }

    @Test(arguments: ["/provider", "/provider?transaction=x", "/login", "/login?transaction=x&account=alice"])
    func showsNothingWithoutARequest(_ target: String) async throws {
        let answer = await (try Fixture()).get(target)
        #expect(answer.status == 400)
        #expect(answer.text.contains("Go back to the app"))
    }

    @Test func offersOnlyWhatAnAccountHas() async throws {
        let fixture = try Fixture { _, accounts in
            for index in accounts.indices { accounts[index].loginOptions = [.emailCode] }
        }
        var browser = fixture.browser()
        let login = try await browser.open(Fixture.address())
        #expect(login.forms.map(\.id) == ["send-code"])
        let body = login.text
        #expect(!body.contains("type=\"password\"") && !body.contains("account="))
    }

    @Test func aLinkFillsInTheFormOfAnAccount() async throws {
        var browser = try Fixture().browser()
        let login = try await browser.open(Fixture.address())
        let transaction = try #require(login.forms[0].fields.first { $0.name == "transaction" }?.value)
        #expect(login.text.contains("href=\"/login?transaction=\(transaction)&amp;account=alice\""))
        #expect(!login.text.contains("correct horse"))
        let filled = try await browser.open(
            "\(Fixture.issuerText)/login?transaction=\(transaction)&account=alice")
        let consent = try await browser.submit("login", on: filled, action: "login")
        #expect(consent.forms.map(\.id) == ["consent"])
        let other = try await browser.open("\(Fixture.issuerText)/login?transaction=\(transaction)&account=mallory")
        #expect(other.forms[0].fields.contains { $0.name == "password" && $0.value == "" })
    }

    @Test func namesNoMoreThanTwelveAccounts() async throws {
        let fixture = try Fixture { _, accounts in
            for number in 0..<100 {
                accounts.append(
                    DevAccount(
                        username: "user\(number)x", password: DevPassword("p"), subject: try SubjectID("s\(number)"),
                        name: "N", email: "user\(number)@example.com"))
            }
        }
        let page = await fixture.get(Fixture.authorize()).text
        #expect(page.contains("user9x") && !page.contains("user10x") && page.contains("and others"))
    }
}
