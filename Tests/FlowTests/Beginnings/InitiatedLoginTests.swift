import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// A login that another site begins (OpenID Connect Core §4; AU-32).
@Suite struct InitiatedLoginTests {
    private func app() throws -> OddApp {
        try OddApp(configure: { $0.routes.initiateLogin = LoginRoutes.usualInitiateLogin })
    }

    private func query(_ fields: [(String, String)]) -> String {
        FormEncoding.encode(fields.map { FormField(name: $0.0, value: $0.1) })
    }

    @Test func itIsOffByDefault() async throws {
        #expect(try OddApp().flow.route(.get, target: "/initiate-login?iss=https://op.example") == nil)
        #expect(try app().flow.route(.get, target: "/initiate-login?iss=https://op.example") == .initiateLogin)
    }

    @Test func aWholeLoginFollows() async throws {
        var browser = OddBrowser(app: try app())
        let fields = [
            ("iss", "https://op.example"), ("login_hint", "alice@op.example"),
            ("target_link_uri", "https://app.example/orders?page=2#last"),
        ]
        let login = await browser.begin("/initiate-login?" + query(fields))
        #expect(login.reply.status == 303)
        #expect(login.parameter("login_hint") == "alice@op.example")
        let reply = await browser.open(browser.response(login))
        #expect(reply.beginsSession && reply.location == "/orders?page=2#last")
    }

    /// A POST from another site carries no cookies: the login has to begin with a request that does.
    @Test func aPostBecomesAGetWithItsThreeParametersOnly() async throws {
        var browser = OddBrowser(app: try app())
        let form = [
            ("iss", "https://op.example"), ("login_hint", "alice"), ("scope", "admin"),
            ("target_link_uri", "https://app.example/orders"),
        ]
        let reply = await browser.open("/initiate-login", method: .post, form: form, keeping: false)
        #expect(reply.status == 303)
        #expect(
            reply.location
                == "/initiate-login?iss=https%3A%2F%2Fop.example&login_hint=alice&target_link_uri=%2Forders")
        #expect(reply.fields.values(named: "Set-Cookie").isEmpty)
        let login = await browser.begin(reply.location ?? "")
        #expect(login.parameter("login_hint") == "alice")
        #expect(await browser.open(browser.response(login)).location == "/orders")
    }

    @Test(arguments: [
        "", "iss=", "iss=https%3A%2F%2Fop.example%2F", "iss=https%3A%2F%2Fevil.example", "iss=https%3A%2F%2FOP.example",
        "iss=https%3A%2F%2Fop.example&iss=https%3A%2F%2Fop.example", "iss=https%3A%2F%2Fop.example%00", "issuer=x",
        "iss=%zz",
    ]) func anotherIssuerIsRefused(query: String) async throws {
        for method in [HTTPMethod.get, .post] {
            let app = try app()
            var request = FlowFixture.request("/initiate-login?" + query)
            if method == .post {
                request = FlowFixture.request("/initiate-login", method: .post)
                request.body = Array(query.utf8)
            }
            let reply = await app.flow.respond(to: request, on: .initiateLogin)
            #expect(reply.status == 400)
            #expect(reply.text.contains("href=\"/login\""))
            #expect(app.events.refusals == ["initiation_refused"])
            #expect(app.provider.requests.isEmpty)
        }
    }

    @Test(arguments: [
        ("https://app.example", "/"), ("https://app.example/a", "/a"), ("https://APP.example:443/a?b", "/a?b"),
        ("https://app.example?b=c", "/?b=c"), ("/a", "/a"), ("https://app.example/login", "/"),
        ("https://app.example/initiate-login?iss=x", "/"), ("/callback", "/"),
    ]) func aTargetOfTheAppIsKept(target: String, path: String) async throws {
        try await expect(target, path, "accepted")
    }

    @Test(arguments: [
        "https://evil.example/a", "http://app.example/a", "https://app.example:444/a", "//evil.example",
        "/\\evil.example",
        "https://app.example.evil.example/", "https://app.example@evil.example/",
        "https://evil.example/https://app.example",
        "javascript:alert(1)", "https://app.example//evil.example", "https://app.example/../a", "app.example/a", "",
        " ",
        "https://app.example\\@evil.example/", "https://user@app.example/a", "https://app.example/\r\nSet-Cookie: a=b",
        "https://app.example/" + String(repeating: "a", count: 3000),
    ]) func anotherTargetLeadsToTheRootWithAnEvent(target: String) async throws {
        try await expect(target, "/", "not on this origin")
    }

    private func expect(_ target: String, _ path: String, _ told: String) async throws {
        var browser = OddBrowser(app: try app())
        let login = await browser.begin(
            "/initiate-login?" + query([("iss", "https://op.example"), ("target_link_uri", target)]))
        #expect(await browser.open(browser.response(login)).location == path)
        #expect(browser.app.details("login.initiated").map { $0["target"] } == [told])
    }

    @Test(arguments: ["", "a\u{0}b", "a\r\nb", String(repeating: "a", count: 321)])
    func aHintThatDoesNotFitIsLeftOut(hint: String) async throws {
        var browser = OddBrowser(app: try app())
        let login = await browser.begin(
            "/initiate-login?" + query([("iss", "https://op.example"), ("login_hint", hint)]))
        #expect(login.reply.status == 303 && login.parameter("login_hint") == nil)
    }

    /// mod_auth_openidc honoured scopes and extra parameters there until August 2026.
    @Test func nothingElseIsPassedOn() async throws {
        var browser = OddBrowser(app: try app())
        let fields = [
            ("iss", "https://op.example"), ("scope", "admin"), ("prompt", "none"), ("max_age", "0"), ("state", "x"),
            ("redirect_uri", "https://evil.example"), ("client_id", "other"), ("returnTo", "/a"), ("acr_values", "x"),
        ]
        let login = await browser.begin("/initiate-login?" + query(fields))
        #expect(login.parameter("scope") == "openid profile email")
        for name in ["prompt", "max_age", "acr_values", "returnTo"] { #expect(login.parameter(name) == nil) }
        #expect(await browser.open(browser.response(login)).location == "/")
    }

    @Test(arguments: [("Sec-Fetch-Dest", "iframe"), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Purpose", "prefetch")])
    func aFrameOrAScriptBeginsNone(name: String, value: String) async throws {
        let app = try app()
        var request = FlowFixture.request("/initiate-login?iss=https%3A%2F%2Fop.example")
        request.fields += [HeaderField("Sec-Fetch-Mode", "navigate"), HeaderField(name, value)].compactMap(\.self)
        let reply = await app.flow.respond(to: request, on: .initiateLogin)
        #expect(reply.status == 401)
        #expect(reply.fields.values(named: "Set-Cookie").isEmpty)
    }

    @Test func itsPagesMayNotBeFramed() async throws {
        let reply = try await app().get("/initiate-login?iss=https%3A%2F%2Fevil.example")
        #expect(reply.status == 400)
        let policy = try #require(reply.fields.onlyValue(named: "Content-Security-Policy"))
        #expect(policy.contains("frame-ancestors 'none'"))
    }

    @Test(arguments: [HTTPMethod.put, .delete]) func otherMethodsAreRefused(method: HTTPMethod) async throws {
        let app = try app()
        let reply = await app.flow.respond(
            to: FlowFixture.request("/initiate-login", method: method), on: .initiateLogin)
        #expect(reply.status == 405)
        #expect(reply.fields.onlyValue(named: "Allow") == "GET, HEAD, POST")
    }

    @Test func aHeadBeginsNone() async throws {
        let app = try app()
        let target = "/initiate-login?iss=https%3A%2F%2Fop.example"
        let reply = await app.flow.respond(to: FlowFixture.request(target, method: .head), on: .initiateLogin)
        #expect(reply.status == 200 && app.provider.requests.isEmpty)
    }

    @Test func itsPathIsTheFlowsOwn() {
        for path in ["/login", "/callback", "/logout", "/", "initiate", "//initiate"] {
            #expect(throws: SettingsError.self) { _ = try OddApp(configure: { $0.routes.initiateLogin = path }) }
        }
    }
}
