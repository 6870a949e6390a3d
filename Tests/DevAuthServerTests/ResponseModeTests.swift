import DevAuthServer
import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Responses by form_post and signed ones (OAuth 2.0 Form Post Response Mode, JWT Secured Authorization Response Mode).
struct ResponseModeTests {
    private func response(on page: ScriptedUserAgent.Page) throws -> [String: String] {
        let form = try #require(page.forms.first { $0.id == "response" })
        #expect(form.action == Fixture.callback)
        #expect(form.isPosted)
        return Dictionary(uniqueKeysWithValues: form.fields.map { ($0.name, $0.value) })
    }

    private func judged(_ text: String, by fixture: Fixture) async throws -> JARMResponse {
        let keys = try JWKSet(jwks: try await fixture.get("/jwks").json)
        let verifier = JARMResponseVerifier(
            keys: LocalJWKSet(keys, of: fixture.server.issuer), algorithms: [.rs256],
            clientID: try ClientID("web-app"))
        return try verifier.verify(RawJARMResponse(text), at: fixture.clock.now)
    }

    @Test func postsTheResponse() async throws {
        let fixture = try Fixture()
        let page = try await fixture.allow(Fixture.authorize(["response_mode": "form_post"]))
        let fields = try response(on: page)
        #expect(fields.keys.sorted() == ["code", "iss", "state"])
        #expect(fields["iss"] == Fixture.issuerText)
        #expect(await fixture.requestTokens(for: fields["code"] ?? "").status == 200)
        let policy = page.response.fields.onlyValue(named: "Content-Security-Policy") ?? ""
        #expect(policy.contains("script-src 'sha256-"))
        #expect(policy.contains("form-action 'self' http://localhost:3000"))
    }

    @Test func postsAnErrorAndEscapesIt() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let state = #""><script>alert(1)</script>"#
        let page = try await browser.open(
            Fixture.address(["response_mode": "form_post", "prompt": "none", "state": state]))
        #expect(try response(on: page)["error"] == "login_required")
        #expect(try response(on: page)["state"] == state)
        #expect(!page.text.contains("<script>alert"))
    }

    @Test(arguments: ["query.jwt", "jwt", "form_post.jwt"]) func signsTheResponse(mode: String) async throws {
        let fixture = try Fixture()
        let page = try await fixture.allow(Fixture.authorize(["response_mode": mode]))
        let isPosted = mode == "form_post.jwt"
        let text = try isPosted ? response(on: page)["response"] : page.parameters("response").first
        #expect(page.parameters("code").isEmpty)
        #expect(page.parameters("iss").isEmpty)
        let judged = try await judged(try #require(text), by: fixture)
        #expect(judged.state == "state-1")
        guard case .code(let code) = judged.outcome else { throw OAuthErrorText() }
        #expect(await fixture.requestTokens(for: code.exposedText).status == 200)
    }

    @Test func signsErrorsToo() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let page = try await browser.open(Fixture.address(["response_mode": "query.jwt", "prompt": "none"]))
        let judged = try await judged(try #require(page.parameters("response").first), by: fixture)
        guard case .error(let error) = judged.outcome else { throw OAuthErrorText() }
        #expect(error.error == "login_required")
        #expect(page.parameters("error").isEmpty)
    }

    @Test func answersASecondClickWithTheSamePage() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let login = try await browser.open(Fixture.address(["response_mode": "form_post"]))
        let consent = try await browser.logIn(on: login, as: "alice", password: "correct horse")
        let first = try await browser.submit("consent", on: consent, action: "allow")
        #expect(try await browser.submit("consent", on: consent, action: "allow").text == first.text)
    }

    /// What the pages' script does, the scripted browser does as well.
    @Test func theScriptedBrowserFollowsThePage() async throws {
        let fixture = try Fixture()
        let server = fixture.server
        let app = try EndpointURL(Fixture.callback, allowing: .loopback).origin
        var browser = ScriptedUserAgent([
            server.issuer.origin: { request in
                let response = await server.respond(
                    to: DevRequest(request.method, request.target, fields: request.fields, body: request.body))
                return ScriptedUserAgent.Response(
                    status: response.status, fields: response.fields, body: response.body)
            },
            app: { ScriptedUserAgent.Response(status: 200, fields: [], body: $0.body) },
        ])
        let page = try await browser.open(Fixture.address(["response_mode": "form_post", "prompt": "none"]))
        #expect(page.url.text == Fixture.callback)
        #expect(page.text.contains("error=login_required"))
        #expect(browser.hops.map(\.method) == [.get, .post])
    }

    @Test func namesTheModesInItsMetadata() async throws {
        let document = try await (try Fixture()).get("/.well-known/openid-configuration").json
        #expect(document["response_modes_supported"] == ["query", "form_post", "query.jwt", "form_post.jwt", "jwt"])
        #expect(document["authorization_signing_alg_values_supported"] == ["RS256"])
    }
}

private struct OAuthErrorText: Error {}
