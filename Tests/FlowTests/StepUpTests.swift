import AuthURL
import DevAuthServer
import LoginFlow
import Testing

/// An authentication context that was asked for is one that must be there (OpenID Connect Core §3.1.3.7, 12).
@Suite struct StepUpTests {
    @Test func refusesALoginWithoutTheContextThatWasAskedFor() async throws {
        let fixture = try FlowFixture(hooks: SecondFactor())
        var browser = try fixture.browser()
        let page = try await fixture.logIn(&browser)
        #expect(page.status == 502)
        #expect(browser.cookies["localhost"]?["session-3000"] == nil)
        #expect(fixture.events.refusals == ["id_token_refused"])
    }
}

private struct SecondFactor: LoginHooks {
    func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
        request.acrValues = ["urn:example:second-factor"]
    }

    func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
}
