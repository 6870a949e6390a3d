import AuthURL
import OAuthTypes
import Testing
import WireFormats

struct AuthorizationRequestTests {
    @Test(arguments: [
        "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
        "code_challenge_method",
        "response_mode", "request", "request_uri", "iss", "prompt", "max_age", "acr_values", "client_secret", "State",
        "resource", "claims", "display", "id_token_hint", "authorization_details", "dpop_jkt", "response",
        "NONCE", "",
    ])
    func refusesExtrasThatBelongToTheFlow(_ name: String) throws {
        var request = try LoginFixture.request()
        #expect(throws: AuthorizationRequestError.reservedParameter(name)) { try request.addExtra(name, value: "x") }
        #expect(request.extras.isEmpty)
    }

    @Test func refusesAnExtraGivenTwice() throws {
        var request = try LoginFixture.request()
        try request.addExtra("theme", value: "a")
        #expect(throws: AuthorizationRequestError.repeatedParameter("theme")) {
            try request.addExtra("theme", value: "b")
        }
        #expect(request.extras.map(\.value) == ["a"])
    }

    @Test(arguments: [
        "a&b=c", "a=b", "#frag", "100%", "%26", "a b", "\"quoted\"", "line\r\nbreak", "é 漢字 🙂",
        String(repeating: "x", count: 4096),
    ])
    func writesEveryValueOnce(_ value: String) throws {
        var request = try LoginFixture.request()
        request.loginHint = value
        try request.addExtra("ext", value: value)
        let url = try LoginFixture.start(request).url.exposedText
        #expect(try LoginFixture.value("login_hint", in: url) == value)
        #expect(try LoginFixture.value("ext", in: url) == value)
        // RFC 3986 knows no plus for a space.
        let pairs = url.split(separator: "?", maxSplits: 1)[1].split(separator: "&")
        let hint = try #require(pairs.first { $0.hasPrefix("login_hint=") })
        #expect(PercentEncoding.decode(hint.dropFirst("login_hint=".count)) == value)
    }

    @Test func writesTheLongestAgeInWholeSeconds() throws {
        var request = try LoginFixture.request()
        request.maxAge = .milliseconds(1999)
        let login = try LoginFixture.start(request)
        #expect(try LoginFixture.value("max_age", in: login.url.exposedText) == "1")
        #expect(login.pending.maxAge == .seconds(1))
        request.maxAge = .milliseconds(-1)
        #expect(throws: AuthorizationRequestError.maxAge) { try LoginFixture.start(request) }
    }

    @Test func writesWhatWasAskedFor() throws {
        var request = try LoginFixture.request()
        request.prompt = [.login, .consent]
        request.maxAge = .zero
        request.uiLocales = ["de-CH", "en"]
        request.acrValues = ["urn:mace:incommon:iap:silver"]
        request.audience = "https://api.example"
        request.responseMode = .formPost
        let url = try LoginFixture.start(request).url.exposedText
        let expected = [
            "response_type": "code", "client_id": "shop", "redirect_uri": "https://app.example/callback",
            "scope": "openid profile", "code_challenge_method": "S256", "prompt": "login consent", "max_age": "0",
            "ui_locales": "de-CH en", "acr_values": "urn:mace:incommon:iap:silver", "audience": "https://api.example",
            "response_mode": "form_post",
        ]
        for (name, value) in expected { #expect(try LoginFixture.value(name, in: url) == value, "\(name)") }
    }

    @Test func asksForOpenIDEvenIfTheScopeLacksIt() throws {
        var request = try LoginFixture.request()
        request.scope = try Scope("email")
        #expect(try LoginFixture.value("scope", in: LoginFixture.start(request).url.exposedText) == "openid email")
    }

    @Test(arguments: [
        [AuthorizationRequest.Prompt.none, .login], [.init("")], [.init("a b")], [.init("é")],
    ])
    func refusesPromptsThatNoProviderHonours(_ prompt: [AuthorizationRequest.Prompt]) throws {
        var request = try LoginFixture.request()
        request.prompt = prompt
        #expect(throws: AuthorizationRequestError.prompt) { try LoginFixture.start(request) }
    }

    @Test func refusesValuesThatCannotBeHonoured() throws {
        let plain = try LoginFixture.request()
        var request = plain
        request.maxAge = .seconds(-1)
        #expect(throws: AuthorizationRequestError.maxAge) { try LoginFixture.start(request) }
        request = plain
        request.uiLocales = ["de CH"]
        #expect(throws: AuthorizationRequestError.listValue("ui_locales")) { try LoginFixture.start(request) }
        request = plain
        request.acrValues = [String(repeating: "a", count: 513)]
        #expect(throws: AuthorizationRequestError.listValue("acr_values")) { try LoginFixture.start(request) }
        request = plain
        request.loginHint = String(repeating: "a", count: 16_384)
        #expect(throws: AuthorizationRequestError.tooLong) { try LoginFixture.start(request) }
    }

    @Test(arguments: ["", "a b", "é", String(repeating: "a", count: 65)])
    func refusesCorrelationIDsThatCannotBeShown(_ text: String) {
        #expect(throws: AuthorizationRequestError.correlationID) { try LoginFixture.start(correlationID: text) }
    }

    @Test func keepsTheEndpointsOwnQuery() throws {
        let provider = try LoginFixture.provider(authorizationEndpoint: "https://login.example/authorize?p=b2c%5F1")
        let url = try LoginFixture.start(at: provider).url.exposedText
        #expect(url.hasPrefix("https://login.example/authorize?p=b2c%5F1&response_type=code&"))
    }

    /// Salesforce publishes authorize?prompt=select_account.
    @Test func keepsTheEndpointsOwnWishUntilTheAppHasTheSame() throws {
        let provider = try LoginFixture.provider(
            authorizationEndpoint: "https://login.example/authorize?prompt=select_account&p=1&max_age=60&acr_values=a")
        let kept = try LoginFixture.start(at: provider).url.exposedText
        #expect(
            kept.hasPrefix("https://login.example/authorize?prompt=select_account&p=1&max_age=60&acr_values=a&resp"))
        var request = try LoginFixture.request()
        request.prompt = [.login]
        request.maxAge = .zero
        try request.addExtra("p", value: "2")
        let url = try LoginFixture.start(request, at: provider).url.exposedText
        for (name, value) in [("prompt", "login"), ("max_age", "0"), ("p", "2"), ("acr_values", "a")] {
            #expect(try LoginFixture.value(name, in: url) == value, "\(name)")
        }
        let names = try LoginFixture.parameters(of: url).map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test func repeatsAResourceThatIsSetTwice() throws {
        let provider = try LoginFixture.provider(authorizationEndpoint: "https://login.example/authorize?resource=x")
        var request = try LoginFixture.request()
        request.resources = ["https://a.example/", "urn:b"]
        let parameters = try LoginFixture.parameters(of: LoginFixture.start(request, at: provider).url.exposedText)
        #expect(parameters.filter { $0.name == "resource" }.map(\.value) == ["https://a.example/", "urn:b"])
    }

    @Test(arguments: [
        "client_id=x", "p=1&state=x", "%73tate=x", "response_mode=form_post", "Nonce=x", "scope=openid", "request=x",
        "prompt=login&redirect_uri=x",
    ])
    func refusesAnEndpointWhoseQueryHoldsTheFlowsParameters(_ query: String) throws {
        let provider = try LoginFixture.provider(authorizationEndpoint: "https://login.example/authorize?" + query)
        #expect(throws: AuthorizationRequestError.self) { try LoginFixture.start(at: provider) }
    }
}
