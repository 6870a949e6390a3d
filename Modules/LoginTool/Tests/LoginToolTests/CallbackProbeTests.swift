import LoginToolCommands
import OAuthTypes
import Testing

@Suite struct CallbackProbeTests {
    private static let callback = "https://app.example/callback"

    struct Case: Sendable, CustomTestStringConvertible {
        let answer: TransportResponse
        let level, part: String

        init(_ answer: TransportResponse, _ level: String, _ part: String) {
            (self.answer, self.level, self.part) = (answer, level, part)
        }

        var testDescription: String { "\(answer.status): \(part)" }
    }

    // What the authorization endpoint answers, the level of the finding, and a part of its text or fix.
    @Test(arguments: [
        Case(ScriptedProvider.redirect(to: callback + "?error=login_required&state=s"), "ok", "(login_required)"),
        Case(
            ScriptedProvider.redirect(to: callback + "?state=s&error=interaction_required", status: 303), "ok",
            "is registered"),
        Case(ScriptedProvider.redirect(to: callback + "?code=c&state=s"), "ok", "redirects to it"),
        Case(ScriptedProvider.redirect(to: callback + "?error=invalid_scope"), "problem", "LOGIN_SCOPE"),
        Case(
            ScriptedProvider.redirect(to: callback + "?error=unauthorized_client"), "problem",
            "enable the authorization"),
        Case(ScriptedProvider.redirect(to: callback + "?error=%1B"), "problem", "refuses the request: %1B"),
        Case(ScriptedProvider.redirect(to: callback + "/more?error=login_required"), "warning", "cannot tell"),
        Case(ScriptedProvider.page(400), "problem", "register exactly https://app.example/callback"),
        Case(ScriptedProvider.page(403), "problem", "error page (403)"),
        Case(ScriptedProvider.page(200, "Error: redirect_uri_mismatch"), "problem", "register exactly"),
        Case(ScriptedProvider.page(200, "Log in"), "warning", "log in once"),
        Case(ScriptedProvider.page(502), "warning", "502"),
        Case(ScriptedProvider.redirect(to: "http://127.0.0.1:1/"), "warning", "no usable URL"),
        Case(ScriptedProvider.redirect(to: "javascript:alert(1)"), "warning", "no usable URL"),
        Case(ScriptedProvider.page(302), "warning", "cannot tell"),
        Case(ScriptedProvider.page(200, String(repeating: "x", count: 3_000_000)), "warning", "bodyTooLarge"),
    ])
    func judgesWhereTheBrowserIsSent(_ expected: Case) async throws {
        var provider = try ScriptedProvider()
        provider.authorize = { (url) throws(TransportError) in
            url.path == "/authorize" ? expected.answer : ScriptedProvider.page(200)
        }
        let examination = await Examination(provider)
        let finding = try #require(examination.about("callback").first)
        #expect(finding.level == expected.level)
        #expect("\(finding.text) \(finding.fix ?? "")".contains(expected.part))
    }

    @Test func asksWithPromptNoneAndWithTheAppsOwnRedirectURI() async throws {
        let examination = await Examination(try ScriptedProvider(), ["doctor", "--callback", "/back"])
        let request = try #require(examination.requests.first { $0.url.path == "/authorize" })
        for part in [
            "prompt=none", "redirect_uri=https%3A%2F%2Fapp.example%2Fback", "response_type=code",
            "client_id=client-123",
            "code_challenge_method=S256",
        ] {
            #expect(request.url.query?.contains(part) == true)
        }
    }

    @Test(arguments: ["/authorize?again", "?again", "https://issuer.example/authorize", "//issuer.example/a", "more"])
    func followsFewRedirects(_ location: String) async throws {
        var provider = try ScriptedProvider()
        provider.authorize = { (url) throws(TransportError) in ScriptedProvider.redirect(to: location) }
        let examination = await Examination(provider)
        #expect(examination.about("callback").first?.text.contains("more than 5 times") == true)
        #expect(examination.requests.count == 8)
    }

    @Test func followsAPageOfTheProviderToTheCallback() async throws {
        var provider = try ScriptedProvider()
        provider.authorize = { (url) throws(TransportError) in
            url.path == "/authorize"
                ? ScriptedProvider.redirect(to: "/session?x=1")
                : ScriptedProvider.redirect(to: Self.callback + "?error=login_required")
        }
        #expect(await Examination(provider).about("callback").first?.level == "ok")
    }
}
