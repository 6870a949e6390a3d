import AuthURL
import DevAuthServer
import JOSE
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

@Suite struct LoginTests {
    @Test func leadsBackToThePageThatWantedTheLogin() async throws {
        let fixture = try FlowFixture()
        var browser = try fixture.browser()
        let page = try await fixture.logIn(&browser, path: "/private?tab=2")
        #expect(page.text == "user subject-a")
        #expect(page.url.path == "/private")
        #expect(page.url.query == "tab=2")
    }

    @Test func tellsTheFirstEightStepsInOrder() async throws {
        let fixture = try FlowFixture()
        var browser = try fixture.browser()
        _ = try await fixture.logIn(&browser)
        let steps = fixture.events.events.compactMap(\.step?.rawValue)
        #expect(steps == Array(1...8))
        #expect(Set(fixture.events.events.map(\.correlationID)).count == 1)
    }

    @Test func givesTheBrowserANewSessionIDAtEveryLogin() async throws {
        let fixture = try FlowFixture()
        var browser = try fixture.browser()
        _ = try await fixture.logIn(&browser)
        let first = browser.cookies["localhost"]?["session-3000"]
        _ = try await browser.open(FlowFixture.base + "/login?returnTo=/private")
        let second = browser.cookies["localhost"]?["session-3000"]
        #expect(first != nil && second != nil && first != second)
        browser.cookies["localhost"]?["session-3000"] = first
        let home = try await browser.open(FlowFixture.base + "/")
        #expect(home.text == "nobody", "the old id is dead")
    }

    @Test func neverAdoptsASessionIDThatTheBrowserMadeUp() async throws {
        let fixture = try FlowFixture()
        var browser = try fixture.browser()
        let planted = SessionID().exposedText
        browser.cookies["localhost"] = ["session-3000": planted]
        _ = try await fixture.logIn(&browser)
        #expect(browser.cookies["localhost"]?["session-3000"] != planted)
    }

    @Test func tenLoginsInTabsAllSucceedWithinFourKilobytesOfCookies() async throws {
        let fixture = try FlowFixture()
        var browser = try fixture.browser()
        var pages: [ScriptedLogin] = []
        for tab in 0..<10 { pages.append(ScriptedLogin(page: try await browser.open(FlowFixture.base + "/tab\(tab)"))) }
        let pending = (browser.cookies["localhost"] ?? [:]).filter { $0.key.hasPrefix("login-") }
        #expect(pending.count == 10)
        #expect(pending.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count + 3 } <= 4096)
        for tab in [7, 0, 9, 3, 1, 8, 2, 6, 4, 5] {
            var page = pages[tab].page
            if page.forms.contains(where: { $0.id == "login" }) {
                page = try await browser.logIn(on: page, as: "alice", password: "alice's password")
            }
            if page.forms.contains(where: { $0.id == "consent" }) {
                page = try await browser.submit("consent", on: page, action: "allow")
            }
            #expect(page.url.path == "/tab\(tab)")
        }
    }

    @Test func theEleventhPendingLoginPutsOutTheOldest() async throws {
        let fixture = try FlowFixture()
        var browser = try fixture.browser()
        for tab in 0..<11 {
            _ = try await browser.open(FlowFixture.base + "/tab\(tab)")
            fixture.clock.advance(seconds: 1)
        }
        #expect((browser.cookies["localhost"] ?? [:]).count { $0.key.hasPrefix("login-") } == 10)
    }

    @Test func loginsThatNobodyFinishesLeaveNothingInTheStore() async throws {
        let store = RecordingStore()
        let fixture = try FlowFixture(store: store)
        for number in 0..<1_000 { #expect(await fixture.visit("/page\(number)").status == 303) }
        #expect(store.records.isEmpty)
    }

    @Test func aReturnPathOfTwoThousandOctetsStillFits() async throws {
        let fixture = try FlowFixture()
        let path = "/private?" + String(repeating: "x", count: 2048 - 9)
        let login = try await fixture.returning(from: path)
        #expect(login.cookie.utf8.count <= 4096)
        #expect(await fixture.answer(login.request()).location == path)
    }

    @Test func hooksMayDenyALoginInTheirOwnWords() async throws {
        let fixture = try FlowFixture(hooks: Doorkeeper())
        var browser = try fixture.browser()
        let page = try await fixture.logIn(&browser, as: "bob")
        #expect(page.status == 403)
        #expect(page.text.contains("Bob &lt;b&gt;must&lt;/b&gt; stay outside."))
        #expect(browser.cookies["localhost"]?["session-3000"] == nil)
        var other = try fixture.browser()
        #expect(try await fixture.logIn(&other, as: "alice").text == "user subject-a")
    }
}

struct ScriptedLogin {
    let page: FlowFixture.Browser.Page
}

private struct Doorkeeper: LoginHooks {
    func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
        request.uiLocales = ["en"]
    }

    func decide(_ login: CompletedLogin) async throws -> LoginDecision {
        login.idToken.subject.text == "subject-b"
            ? .deny(reason: "Bob <b>must</b> stay outside.") : .allowAdding(["role": "admin"])
    }
}
