import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct RuleTests {
    @Test func addsANamespacedClaimToEveryToken() async throws {
        let name = "https://app.example/roles"
        let fixture = try Fixture(rules: [
            DevRule("first") { login in login.username == "alice" ? .allow : .deny(reason: "who?") },
            DevRule("second") { login in .allowAdding([name: .array([.string(login.subject.text)])]) },
        ])
        let tokens = try await fixture.tokens()
        #expect(try tokens.claims(of: "id_token")[name] == ["user-1"])
        #expect(try tokens.claims(of: "access_token")[name] == ["user-1"])
        #expect(try await fixture.userInfo(try tokens.text("access_token")).json[name] == ["user-1"])
        let refreshed = try await fixture.refresh(try tokens.text("refresh_token")).json
        #expect(try refreshed.claims(of: "id_token")[name] == ["user-1"])
    }

    @Test func deniesWithItsReasonAndLetsAnotherUserTry() async throws {
        let fixture = try Fixture(rules: [
            DevRule("no bob") { $0.username == "bob" ? .deny(reason: "bob is \"on\" leave\r\n") : .allow }
        ])
        var browser = fixture.browser()
        let denied = try await fixture.walk(&browser, as: "bob")
        #expect(denied.parameters("error") == ["access_denied"])
        #expect(denied.parameters("error_description") == ["bob is on leave"])
        #expect(denied.parameters("state") == ["state-1"])
        #expect(try await fixture.walk(&browser, as: "alice").parameters("code").count == 1)
    }

    @Test func judgesAKnownSessionAgain() async throws {
        let isOpen = SwitchedOn()
        let fixture = try Fixture(rules: [DevRule("switch") { _ in isOpen.value ? .allow : .deny(reason: "closed") }])
        var browser = fixture.browser()
        _ = try await fixture.walk(&browser)
        isOpen.turnOff()
        #expect(try await browser.open(Fixture.address()).parameters("error") == ["access_denied"])
    }

    @Test(arguments: [
        "iss", "sub", "aud", "exp", "iat", "nonce", "auth_time", "at_hash", "azp", "sid", "email", "roles",
        "http://app.example/roles", "https://app.example", "https://app.example/", "", "https:///roles",
        "urn:app:roles",
    ])
    func cannotTouchAClaimWithoutANamespace(_ name: String) async throws {
        let fixture = try Fixture(rules: [DevRule("forger") { _ in .allowAdding([name: "forged"]) }])
        var browser = fixture.browser()
        let page = try await fixture.walk(&browser)
        #expect(page.parameters("error") == ["server_error"])
        #expect(page.parameters("code").isEmpty)
    }

    @Test func endsTheLoginWhenARuleThrows() async throws {
        struct BrokenRuleError: Error {}
        let fixture = try Fixture(rules: [DevRule("broken") { _ in throw BrokenRuleError() }])
        var browser = fixture.browser()
        #expect(try await fixture.walk(&browser).parameters("error") == ["server_error"])
    }

    @Test func endsTheLoginWhenARuleTakesTooLong() async throws {
        // The rule waits until it is cancelled, which only the time limit does.
        let rule = DevRule("sleeper") { _ in
            let (never, keep) = AsyncStream.makeStream(of: Void.self)
            for await _ in never {}
            withExtendedLifetime(keep) {}
            return .allow
        }
        let fixture = try Fixture(rules: [rule], ruleTimeLimit: .milliseconds(1))
        var browser = fixture.browser()
        let page = try await fixture.walk(&browser)
        #expect(page.parameters("error") == ["server_error"])
        #expect(page.parameters("error_description").first?.contains("sleeper") == true)
    }
}
