import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct LoginAndConsentTests {
    @Test(arguments: [
        ("alice", "wrong"), ("alice", ""), ("mallory", "correct horse"), ("", ""), ("bob", "correct horse"),
    ])
    func refusesAWrongPasswordAndSaysSo(_ user: String, password: String) async throws {
        var browser = try Fixture().browser()
        let login = try await browser.open(Fixture.address())
        let page = try await browser.logIn(on: login, as: user, password: password)
        #expect(page.forms.map(\.id) == ["login", "send-code", "provider"])
        #expect(page.text.contains("role=\"alert\""))
        let consent = try await browser.logIn(on: page, as: "alice", password: "correct horse")
        #expect(consent.forms.map(\.id) == ["consent"])
    }

    @Test func givesUpAfterTenWrongPasswords() async throws {
        var browser = try Fixture().browser()
        var page = try await browser.open(Fixture.address())
        for _ in 0..<10 { page = try await browser.logIn(on: page, as: "alice", password: "guess") }
        #expect(page.parameters("error") == ["access_denied"])
    }

    @Test func tellsTheAppThatTheUserSaidNo() async throws {
        var browser = try Fixture().browser()
        let login = try await browser.open(Fixture.address())
        let consent = try await browser.logIn(on: login, as: "alice", password: "correct horse")
        let page = try await browser.submit("consent", on: consent, action: "deny")
        #expect(page.parameters("error") == ["access_denied"])
        #expect(page.parameters("state") == ["state-1"])
        #expect(page.parameters("iss") == [Fixture.issuerText])
        let again = try await browser.open(Fixture.address(["prompt": "none"]))
        #expect(again.parameters("error") == ["consent_required"])
    }

    @Test func saysInPlainWordsWhatTheAppAsksFor() async throws {
        var browser = try Fixture().browser()
        let login = try await browser.open(Fixture.address())
        let consent = try await browser.logIn(on: login, as: "alice", password: "correct horse")
        for words in [
            "Demo App", "alice", "Know who you are", "See your name", "See your e-mail address",
            "Stay signed in while you are away", "Read the demo API",
        ] {
            #expect(consent.text.contains(words))
        }
    }

    @Test func answersASecondClickLikeTheFirst() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let login = try await browser.open(Fixture.address())
        let consent = try await browser.logIn(on: login, as: "alice", password: "correct horse")
        let first = try await browser.submit("consent", on: consent, action: "allow")
        let second = try await browser.submit("consent", on: consent, action: "allow")
        #expect(first.unfollowed == second.unfollowed)
    }

    @Test func refusesALoginFormOfAnotherBrowser() async throws {
        let fixture = try Fixture()
        var attacker = fixture.browser()
        let planted = try await attacker.open(Fixture.address())
        var victim = fixture.browser()
        _ = try await victim.open(Fixture.address())
        let page = try await victim.logIn(on: planted, as: "alice", password: "correct horse")
        #expect(page.status == 400)
        #expect(page.unfollowed == nil)
    }

    @Test func refusesAConsentFormOfAnotherLogin() async throws {
        let fixture = try Fixture()
        var attacker = fixture.browser()
        let login = try await attacker.open(Fixture.address())
        let planted = try await attacker.logIn(on: login, as: "bob", password: "battery staple")
        var victim = fixture.browser()
        _ = try await fixture.walk(&victim)
        let page = try await victim.submit("consent", on: planted, action: "allow")
        #expect(page.status == 400)
        #expect(page.unfollowed == nil)
    }

    @Test func showsAConsentPageToNoOtherUser() async throws {
        let fixture = try Fixture()
        var alice = fixture.browser()
        let login = try await alice.open(Fixture.address())
        let consent = try await alice.logIn(on: login, as: "alice", password: "correct horse")
        var bob = fixture.browser()
        _ = try await fixture.walk(&bob, as: "bob")
        #expect(try await bob.open(consent.url.text).status == 400)
        #expect(try await alice.open(consent.url.text).forms.map(\.id) == ["consent"])
    }

    @Test(arguments: ["csrf", "transaction"], ["", "AAAA", "forged&x=1"])
    func refusesAForgedConsentForm(_ field: String, value: String) async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let login = try await browser.open(Fixture.address())
        let consent = try await browser.logIn(on: login, as: "alice", password: "correct horse")
        let page = try await browser.submit("consent", on: consent, filling: [field: value], action: "allow")
        #expect(page.status == 400)
        #expect(page.unfollowed == nil)
    }

    @Test func refusesALoginFormsTokenOnTheConsentForm() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let login = try await browser.open(Fixture.address())
        let token = try #require(login.forms[0].fields.first { $0.name == "csrf" }?.value)
        let consent = try await browser.logIn(on: login, as: "alice", password: "correct horse")
        let page = try await browser.submit("consent", on: consent, filling: ["csrf": token], action: "allow")
        #expect(page.status == 400)
    }

    @Test func refusesConsentWithoutACookie() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let login = try await browser.open(Fixture.address())
        let consent = try await browser.logIn(on: login, as: "alice", password: "correct horse")
        browser.cookies = [:]
        #expect(try await browser.submit("consent", on: consent, action: "allow").status == 400)
    }

    @Test func refusesAPageThatWaitedTooLong() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let login = try await browser.open(Fixture.address())
        fixture.clock.advance(seconds: 600)
        #expect(try await browser.logIn(on: login, as: "alice", password: "correct horse").status == 400)
    }

    @Test func changesTheSessionCookieAtEveryLogin() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let name = "login_flow_dev_session_3001"
        browser.cookies["localhost"] = [name: "planted"]
        _ = try await fixture.walk(&browser)
        let first = try #require(browser.cookies["localhost"]?[name])
        let login = try await browser.open(Fixture.address(["prompt": "login"]))
        _ = try await browser.logIn(on: login, as: "bob", password: "battery staple")
        let second = try #require(browser.cookies["localhost"]?[name])
        #expect(first != "planted")
        #expect(first != second)
        browser.cookies["localhost"]?[name] = first
        let old = try await browser.open(Fixture.address(["prompt": "none"]))
        #expect(old.parameters("error") == ["login_required"])
    }

    @Test func forgetsTheOldestPagesInAFlood() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let oldest = try await browser.open(Fixture.address())
        for _ in 0..<999 { _ = await fixture.get(Fixture.authorize()) }
        #expect(try await browser.logIn(on: oldest, as: "alice", password: "guess").status == 200)
        _ = await fixture.get(Fixture.authorize())
        #expect(try await browser.logIn(on: oldest, as: "alice", password: "guess").status == 400)
    }
}
