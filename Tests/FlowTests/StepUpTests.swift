import AuthURL
import DevAuthServer
import LoginFlow
import Testing
import WireFormats

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

    /// A `max_age` that was asked for is enforced when the user comes back, also by a provider that ignores it
    /// (OpenID Connect Core §3.1.3.7, 13).
    @Test(arguments: [(1_799_999_000, 502), (nil, 502), (1_800_000_000, 303)] as [(Int?, Int)])
    func refusesALoginThatIsOlderThanTheMaxAgeThatWasAskedFor(authTime: Int?, status: Int) async throws {
        let fixture = try FlowFixture(hooks: Recent())
        try fixture.resignIDTokens { $0["auth_time"] = authTime.map { JSONValue.number(JSONNumber($0)) } }
        let login = try await fixture.returning()
        let reply = await fixture.answer(login.request())
        #expect(reply.status == status)
        #expect(fixture.events.refusals == (status == 303 ? [] : ["id_token_refused"]))
    }
}

private struct Recent: LoginHooks {
    func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
        request.maxAge = .seconds(300)
    }

    func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
}

private struct SecondFactor: LoginHooks {
    func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
        request.acrValues = ["urn:example:second-factor"]
    }

    func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
}
