import AuthURL
import JOSE
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Authorization responses as one signed parameter (JWT Secured Authorization Response Mode).
@Suite struct SignedResponseTests {
    private func response(
        to login: OddApp.Begun, in app: OddApp, key: SigningKey? = nil, change: (inout JSONObject) -> Void = { _ in }
    ) throws -> String {
        var claims: JSONObject = [
            "iss": .string(OddProvider.issuer), "aud": "web-app",
            "exp": .number(JSONNumber(Int(app.clock.now.seconds + 300))), "code": "c0de",
            "state": .string(login.parameter("state") ?? ""),
        ]
        change(&claims)
        app.provider.remember(nonce: login.parameter("nonce") ?? "")
        return try (key ?? OddProvider.rsa.get()).signed(type: "JWT", claims: claims).exposedText
    }

    private func app(_ mode: AuthorizationRequest.ResponseMode = .queryJWT) throws -> OddApp {
        try OddApp(configure: { $0.responseMode = mode })
    }

    @Test func aSignedQueryLogsIn() async throws {
        let app = try app()
        let login = await app.begin()
        #expect(login.parameter("response_mode") == "query.jwt")
        let reply = await app.get("/callback?response=\(try response(to: login, in: app))", cookie: login.cookie)
        #expect(reply.beginsSession)
        #expect(app.details("provider.deviation").isEmpty)
    }

    @Test func aSignedFormIsPostedOnceMoreAndLogsIn() async throws {
        let app = try app(.formPostJWT)
        let login = await app.begin()
        #expect(login.parameter("response_mode") == "form_post.jwt")
        let signed = try response(to: login, in: app)
        let page = await app.post([("response", signed)])
        #expect(page.status == 200)
        let reply = await app.post(page.hiddenFields, cookie: login.cookie)
        #expect(reply.beginsSession)
        #expect(app.provider.count("/token") == 1)
    }

    @Test(arguments: [AuthorizationRequest.ResponseMode.queryJWT, .formPostJWT])
    func aResponseThatLivesAsLongAsAnAccessTokenLogsInWithOneDeviation(
        _ mode: AuthorizationRequest.ResponseMode
    ) async throws {
        let app = try app(mode)
        let login = await app.begin()
        let end = Int(app.clock.now.seconds + 3600)
        let signed = try response(to: login, in: app) { $0["exp"] = .number(JSONNumber(end)) }
        let fields = mode == .formPostJWT ? await app.post([("response", signed)]).hiddenFields : []
        let reply =
            mode == .formPostJWT
            ? await app.post(fields, cookie: login.cookie)
            : await app.get("/callback?response=\(signed)", cookie: login.cookie)
        #expect(reply.beginsSession)
        #expect(app.details("provider.deviation").count == 1)
    }

    @Test(arguments: [AuthorizationRequest.ResponseMode.queryJWT, .formPostJWT])
    func aPlainAnswerWhereASignedOneWasAskedForIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        for query in ["code=c0de&state=%STATE%", "error=access_denied&state=%STATE%"] {
            let app = try app(mode)
            let reply = await app.comeBack(await app.begin(), query)
            #expect(!reply.beginsSession)
            #expect(app.events.refusals == ["callback_unsigned"])
            #expect(app.provider.count("/token") == 0)
        }
    }

    @Test func aSignedAnswerWhereAPlainOneWasAskedForIsADeviation() async throws {
        let app = try app(.query)
        let login = await app.begin()
        let reply = await app.get("/callback?response=\(try response(to: login, in: app))", cookie: login.cookie)
        #expect(reply.beginsSession)
        #expect(app.details("provider.deviation").count == 1)
    }

    @Test func parametersBesideTheSignedOneCountForNothing() async throws {
        let app = try app()
        let login = await app.begin()
        let signed = try response(to: login, in: app)
        let reply = await app.get(
            "/callback?response=\(signed)&code=evil&state=evil&iss=https%3A%2F%2Fevil.example", cookie: login.cookie)
        #expect(reply.beginsSession)
        #expect(app.provider.lastTokenForm.contains("code=c0de"))
    }

    @Test func aSignedErrorEndsItsLogin() async throws {
        let app = try app()
        let login = await app.begin()
        let signed = try response(to: login, in: app) {
            $0["code"] = nil
            $0["error"] = "access_denied"
        }
        let reply = await app.get("/callback?response=\(signed)", cookie: login.cookie)
        #expect(!reply.beginsSession)
        #expect(app.events.refusals == ["callback_provider_error"])
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout JSONObject) -> Void
        init(_ name: String, _ change: @escaping @Sendable (inout JSONObject) -> Void) {
            (testDescription, self.change) = (name, change)
        }
    }

    @Test(arguments: [
        Fault("another issuer") { $0["iss"] = "https://evil.example" }, Fault("no issuer") { $0["iss"] = nil },
        Fault("another client") { $0["aud"] = "other" }, Fault("two clients") { $0["aud"] = ["web-app", "other"] },
        Fault("expired") { $0["exp"] = 1_000 }, Fault("no end") { $0["exp"] = nil },
        Fault("an ID token") { $0["sub"] = "alice" }, Fault("code and error") { $0["error"] = "x" },
        Fault("neither code nor error") { $0["code"] = nil },
    ])
    func aResponseThatDoesNotHoldIsRefusedBeforeAnythingIsSent(_ fault: Fault) async throws {
        let app = try app()
        let login = await app.begin()
        let signed = try response(to: login, in: app, change: fault.change)
        let reply = await app.get("/callback?response=\(signed)", cookie: login.cookie)
        #expect(!reply.beginsSession)
        #expect(app.events.refusals == ["callback_response_refused"])
        #expect(app.provider.count("/token") == 0)
    }

    @Test func aForeignSignatureIsRefused() async throws {
        let app = try app()
        let login = await app.begin()
        let signed = try response(to: login, in: app, key: try SigningKey.generate(.rs256))
        #expect(!(await app.get("/callback?response=\(signed)", cookie: login.cookie)).beginsSession)
        #expect(app.events.refusals == ["callback_response_refused"])
    }

    /// The signature says nothing about the browser.
    @Test func anotherBrowsersSignedResponseLogsNobodyIn() async throws {
        let app = try app()
        let login = await app.begin()
        let signed = try response(to: login, in: app)
        let reply = await app.get("/callback?response=\(signed)")
        #expect(!reply.beginsSession)
        #expect(app.events.refusals == ["callback_unknown_login"])
    }

    @Test func twoResponsesInOneAreRefused() async throws {
        let app = try app()
        let login = await app.begin()
        let signed = try response(to: login, in: app)
        #expect(!(await app.get("/callback?response=\(signed)&response=\(signed)", cookie: login.cookie)).beginsSession)
        #expect(app.events.refusals == ["callback_duplicate_parameter"])
    }

    @Test(arguments: ["", "a.b.c", String(repeating: "a", count: 40_000)])
    func whatIsNoTokenIsRefused(_ text: String) async throws {
        let app = try app()
        let login = await app.begin()
        #expect(!(await app.get("/callback?response=\(text)", cookie: login.cookie)).beginsSession)
        #expect(app.events.refusals == ["callback_response_refused"])
    }
}

extension OddApp {
    func post(_ form: [(String, String)], cookie: String = "") async -> BrowserReply {
        let request = FlowFixture.request("/callback", cookie: cookie, method: .post, form: form)
        return await flow.respond(to: request, on: .callback)
    }
}
