import AuthURL
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// What the login's address may ask of the provider.
@Suite struct LoginOptionTests {
    static let all: [LoginOption] = [
        .loginHint, .uiLocales, .prompt, .screenHint, .connection.accepting(["github"]), .organization,
        .parameter("theme", accepting: ["dark", "light"]),
    ]

    private func begin(_ query: String, options: [LoginOption] = all, hooks: any LoginHooks = NoHooks()) async throws
        -> OddApp.Begun
    {
        var browser = OddBrowser(app: try OddApp(hooks: hooks, configure: { $0.loginOptions = options }))
        return await browser.begin("/login?" + query)
    }

    @Test(arguments: [
        ("login_hint", "alice@op.example"), ("login_hint", "Ada Lovelace é"), ("ui_locales", "de-CH de en"),
        ("prompt", "login"), ("prompt", "select_account consent"), ("screen_hint", "signup"), ("connection", "github"),
        ("organization", "org_8Jq"), ("theme", "dark"),
    ]) func anAllowedParameterGoesOn(name: String, value: String) async throws {
        let query = FormEncoding.encode([FormField(name: name, value: value)])
        #expect(try await begin(query).parameter(name) == value)
        #expect(try await begin(query, options: []).parameter(name) == nil, "none is allowed by default")
    }

    @Test(arguments: [
        ("login_hint", String(repeating: "a", count: 321)), ("login_hint", "a\nb"), ("login_hint", "\u{85}"),
        ("login_hint", ""),
        ("ui_locales", "de--en"), ("ui_locales", "de  en"), ("ui_locales", "a b c d e f g h i"), ("ui_locales", "<b>"),
        ("ui_locales", "abcdefghi"), ("prompt", "none"), ("prompt", "login none"), ("prompt", "x"),
        ("prompt", " login"),
        ("screen_hint", "a b"), ("screen_hint", String(repeating: "a", count: 129)), ("connection", "google"),
        ("connection", "github "), ("theme", "Dark"), ("organization", "a\u{0}"), ("organization", "é"),
    ]) func whatDoesNotFitIsLeftOut(name: String, value: String) async throws {
        let login = try await begin(FormEncoding.encode([FormField(name: name, value: value)]))
        #expect(login.reply.status == 303 && login.parameter(name) == nil)
    }

    @Test(arguments: [
        "scope=admin", "client_id=x", "redirect_uri=https://evil.example", "state=x", "nonce=x", "response_type=token",
        "max_age=0", "acr_values=x", "audience=x", "resource=x", "code_challenge=x", "request=x", "claims=x",
        "display=x",
    ]) func nothingElseGoesOn(field: String) async throws {
        let plain = try await begin("")
        let login = try await begin(field)
        let name = String(field.prefix { $0 != "=" })
        let isChosen = ["state", "nonce", "code_challenge"].contains(name)
        #expect(isChosen ? login.parameter(name) != "x" : login.parameter(name) == plain.parameter(name))
    }

    @Test func anInvitationGoesOnWithItsOrganizationOnly() async throws {
        let options = [LoginOption.organization, .invitation]
        let whole = try await begin("invitation=ticket&organization=org_a", options: options)
        #expect(whole.parameter("invitation") == "ticket" && whole.parameter("organization") == "org_a")
        let cut = try await begin("invitation=ticket", options: options)
        #expect(cut.reply.status == 303 && cut.parameter("invitation") == nil)
    }

    @Test func aRepeatedParameterIsLeftOut() async throws {
        #expect(try await begin("screen_hint=a&screen_hint=b").parameter("screen_hint") == nil)
    }

    @Test func onlyTheLoginsAddressIsAsked() async throws {
        var browser = OddBrowser(app: try OddApp(configure: { $0.loginOptions = LoginOptionTests.all }))
        #expect(await browser.begin("/profile?screen_hint=signup").parameter("screen_hint") == nil)
    }

    @Test func theHookHasTheLastWord() async throws {
        let login = try await begin(
            "organization=org_evil&login_hint=mallory&prompt=login", hooks: OrganizationHook())
        #expect(login.parameter("organization") == "org_ours")
        #expect(login.parameter("login_hint") == "mallory@ours.example", "it sees what was asked for")
        #expect(login.parameter("prompt") == "consent")
    }

    @Test(
        arguments: [
            [.parameter("scope", accepting: ["x"])], [.parameter("returnTo", accepting: ["x"])],
            [.parameter("client_id", accepting: ["x"])], [.parameter("", accepting: ["x"])],
            [.parameter("theme", accepting: [])], [.parameter("theme", accepting: ["a b"])],
            [.connection, .connection.accepting(["a"])],
        ] as [[LoginOption]]) func optionsThatCannotWorkAreFaults(options: [LoginOption])
    {
        #expect(throws: SettingsError.self) { _ = try OddApp(configure: { $0.loginOptions = options }) }
    }
}

private struct OrganizationHook: LoginHooks {
    func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
        request.organization = try Organization("org_ours")
        request.loginHint = request.loginHint.map { $0 + "@ours.example" }
        request.prompt = [.consent]
    }

    func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
}
