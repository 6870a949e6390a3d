import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct EmailCodeTests {
    /// A browser on the page that shows a code for alice.
    private static func asked(
        _ fixture: Fixture, for email: String = "alice@example.com"
    ) async throws -> (ScriptedUserAgent, ScriptedUserAgent.Page) {
        var browser = fixture.browser()
        let login = try await browser.open(Fixture.address())
        let page = try await browser.submit("send-code", on: login, filling: ["email": email], action: "send")
        return (browser, page)
    }

    private static func wrong(_ code: String) -> String { code == "000000" ? "000001" : "000000" }

    @Test(arguments: ["alice@example.com", "ALICE@Example.COM"])
    func logsInWithTheCodeThatThePageShows(_ email: String) async throws {
        let fixture = try Fixture()
        var (browser, page) = try await Self.asked(fixture, for: email)
        let code = try Fixture.sentCode(on: page)
        #expect(code.utf8.count == 6 && code.utf8.allSatisfy { (0x30...0x39).contains($0) })
        page = try await browser.submit("enter-code", on: page, filling: ["code": code], action: "login")
        page = try await browser.submit("consent", on: page, action: "allow")
        let answer = await fixture.requestTokens(for: try #require(page.parameters("code").first))
        let claims = try answer.json.claims(of: "id_token")
        #expect(claims["sub"] == "user-1")
        #expect(claims["amr"] == ["otp"])
        #expect(claims["idp"] == nil)
    }

    @Test func acceptsACodeWithASpace() async throws {
        var (browser, page) = try await Self.asked(try Fixture())
        let code = try Fixture.sentCode(on: page)
        let typed = "\(code.prefix(3)) \(code.dropFirst(3)) "
        page = try await browser.submit("enter-code", on: page, filling: ["code": typed], action: "login")
        #expect(page.forms.map(\.id) == ["consent"])
    }

    @Test(arguments: ["", "1", "abcdef", "١٢٣٤٥٦", "\0", String(repeating: "0", count: 5000)])
    func refusesAnotherCodeAndSaysSo(_ text: String) async throws {
        var (browser, page) = try await Self.asked(try Fixture())
        let code = try Fixture.sentCode(on: page)
        page = try await browser.submit("enter-code", on: page, filling: ["code": text], action: "login")
        #expect(page.text.contains("role=\"alert\""))
        page = try await browser.submit("enter-code", on: page, filling: ["code": code], action: "login")
        #expect(page.forms.map(\.id) == ["consent"])
    }

    @Test func takesACodeOnce() async throws {
        var (browser, page) = try await Self.asked(try Fixture())
        let code = try Fixture.sentCode(on: page)
        _ = try await browser.submit("enter-code", on: page, filling: ["code": code], action: "login")
        let again = try await browser.submit("enter-code", on: page, filling: ["code": code], action: "login")
        #expect(again.forms.first?.id == "login")
        #expect(again.text.contains("Ask for a new one"))
    }

    @Test func takesACodeBeforeItExpires() async throws {
        let fixture = try Fixture(lifetimes: DevLifetimes(loginCode: .seconds(100)))
        let (browser, page) = try await Self.asked(fixture)
        let code = try Fixture.sentCode(on: page)
        var (early, late) = (browser, browser)
        fixture.clock.advance(seconds: 99)
        #expect(
            try await early.submit("enter-code", on: page, filling: ["code": Self.wrong(code)], action: "login")
                .forms.map(\.id) == ["enter-code"])
        fixture.clock.advance(seconds: 1)
        let answer = try await late.submit("enter-code", on: page, filling: ["code": code], action: "login")
        #expect(answer.text.contains("Ask for a new one"))
    }

    @Test func endsACodeAfterFiveWrongOnes() async throws {
        var (browser, page) = try await Self.asked(try Fixture())
        let code = try Fixture.sentCode(on: page)
        for _ in 0..<5 {
            _ = try await browser.submit("enter-code", on: page, filling: ["code": Self.wrong(code)], action: "login")
        }
        let answer = try await browser.submit("enter-code", on: page, filling: ["code": code], action: "login")
        #expect(answer.text.contains("Ask for a new one"))
    }

    @Test func countsWrongCodesOverNewOnesAndPasswords() async throws {
        var (browser, page) = try await Self.asked(try Fixture())
        var login = page
        for _ in 0..<5 {
            let code = Self.wrong(try Fixture.sentCode(on: page))
            login = try await browser.submit("enter-code", on: page, filling: ["code": code], action: "login")
        }
        for _ in 0..<4 { login = try await browser.logIn(on: login, as: "alice", password: "guess") }
        page = try await browser.submit(
            "send-code", on: login, filling: ["email": "alice@example.com"], action: "send")
        let code = Self.wrong(try Fixture.sentCode(on: page))
        let end = try await browser.submit("enter-code", on: page, filling: ["code": code], action: "login")
        #expect(end.parameters("error") == ["access_denied"])
    }

    @Test func aNewCodeEndsTheOneBefore() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let login = try await browser.open(Fixture.address())
        let email = ["email": "alice@example.com"]
        let first = try await browser.submit("send-code", on: login, filling: email, action: "send")
        let old = try Fixture.sentCode(on: first)
        var second = try await browser.submit("send-code", on: login, filling: email, action: "send")
        while try Fixture.sentCode(on: second) == old {
            second = try await browser.submit("send-code", on: login, filling: email, action: "send")
        }
        let answer = try await browser.submit("enter-code", on: first, filling: ["code": old], action: "login")
        #expect(answer.forms.map(\.id) == ["enter-code"])
    }

    @Test(arguments: ["", "mallory@example.com", "alice", "bob@example.com", "\"><script>"])
    func sendsNoCodeToAnAddressWithoutSuchAnAccount(_ email: String) async throws {
        let fixture = try Fixture { _, accounts in accounts[1].loginOptions = [.password] }
        let (_, page) = try await Self.asked(fixture, for: email)
        #expect(page.forms.first?.id == "login")
        #expect(page.text.contains("No account has that mail address"))
        #expect(page.text(of: "login-code") == nil)
        #expect(!page.text.contains("<script"))
    }

    @Test func aCodeOfOneRequestIsWorthNothingInAnother() async throws {
        let fixture = try Fixture()
        var (browser, page) = try await Self.asked(fixture)
        let code = try Fixture.sentCode(on: page)
        let other = try await browser.open(Fixture.address(["state": "state-2"]))
        page = try await browser.submit(
            "send-code", on: other, filling: ["email": "bob@example.com"], action: "send")
        let answer = try await browser.submit("enter-code", on: page, filling: ["code": code], action: "login")
        #expect(answer.forms.map(\.id) == ["enter-code"])
    }

    @Test(arguments: ["send-code", "enter-code"])
    func refusesAFormOfAnotherBrowser(_ form: String) async throws {
        let fixture = try Fixture()
        var attacker = fixture.browser()
        let login = try await attacker.open(Fixture.address())
        let code = try await attacker.submit(
            "send-code", on: login, filling: ["email": "alice@example.com"], action: "send")
        var victim = fixture.browser()
        _ = try await victim.open(Fixture.address())
        let page =
            form == "send-code"
            ? try await victim.submit(form, on: login, filling: ["email": "alice@example.com"], action: "send")
            : try await victim.submit(
                form, on: code, filling: ["code": try Fixture.sentCode(on: code)], action: "login")
        #expect(page.status == 400)
    }

    @Test(arguments: ["csrf", "transaction"], ["", "AAAA", "forged&x=1"])
    func refusesAForgedForm(_ field: String, value: String) async throws {
        var (browser, page) = try await Self.asked(try Fixture())
        let values = ["code": try Fixture.sentCode(on: page), field: value]
        page = try await browser.submit("enter-code", on: page, filling: values, action: "login")
        #expect(page.status == 400)
    }

    @Test func refusesTheTokenOfTheLoginForm() async throws {
        var browser = try Fixture().browser()
        let login = try await browser.open(Fixture.address())
        let token = try #require(login.forms[0].fields.first { $0.name == "csrf" }?.value)
        let values = ["email": "alice@example.com", "csrf": token]
        #expect(try await browser.submit("send-code", on: login, filling: values, action: "send").status == 400)
    }

    @Test func refusesAnUnknownButton() async throws {
        var (browser, page) = try await Self.asked(try Fixture())
        page = try await browser.submit(
            "enter-code", on: page, filling: ["code": try Fixture.sentCode(on: page)], action: "allow")
        #expect(page.status == 400)
    }

    @Test func refusesAPageThatWaitedTooLong() async throws {
        let fixture = try Fixture()
        var (browser, page) = try await Self.asked(fixture)
        let code = try Fixture.sentCode(on: page)
        fixture.clock.advance(seconds: 600)
        page = try await browser.submit("enter-code", on: page, filling: ["code": code], action: "login")
        #expect(page.status == 400)
    }
}
