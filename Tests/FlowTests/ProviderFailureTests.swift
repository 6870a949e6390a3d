import DevAuthServer
import JOSE
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

/// What a provider can do wrong, by the names of the OpenID Foundation's test modules where there is one.
@Suite struct ProviderFailureTests {
    private static let configuration = "/.well-known/openid-configuration"

    struct Forgery: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var header: JSONObject?
        let change: @Sendable (inout JSONObject) -> Void

        init(
            _ module: String, header: JSONObject? = nil,
            _ change: @escaping @Sendable (inout JSONObject) -> Void = { _ in }
        ) {
            testDescription = module
            self.header = header
            self.change = change
        }
    }

    static let refused: [Forgery] = [
        Forgery("oidcc-client-test-nonce-invalid") { $0["nonce"] = "another" },
        Forgery("fapi2-client-test-missing-nonce") { $0["nonce"] = nil },
        Forgery("oidcc-client-test-invalid-iss") { $0["iss"] = "https://evil.example" },
        Forgery("issuer with a slash") { $0["iss"] = "http://localhost:3001/" },
        Forgery("fapi2-client-test-missing-iss") { $0["iss"] = nil },
        Forgery("oidcc-client-test-invalid-aud") { $0["aud"] = "another-app" },
        Forgery("fapi2-client-test-invalid-secondary-aud") { $0["aud"] = ["web-app", "another-app"] },
        Forgery("fapi2-client-test-missing-aud") { $0["aud"] = nil },
        Forgery("azp of another client") { $0["azp"] = "another-app" },
        Forgery("oidcc-client-test-missing-iat") { $0["iat"] = nil },
        Forgery("oidcc-client-test-missing-sub") { $0["sub"] = nil },
        Forgery("empty sub") { $0["sub"] = "" },
        Forgery("fapi2-client-test-missing-exp") { $0["exp"] = nil },
        Forgery("fapi2-client-test-expired-exp") { $0["exp"] = 1_799_999_000 },
        Forgery("issued in the future") { $0["iat"] = 1_800_001_000 },
        Forgery("at_hash of another token") { $0["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA" },
        Forgery("c_hash of another code") { $0["c_hash"] = "AAAAAAAAAAAAAAAAAAAAAA" },
        Forgery("oidcc-client-test-idtoken-sig-none", header: ["alg": "none"]),
        Forgery("fapi2-client-test-null-alg", header: ["alg": .null]),
        Forgery("fapi2-client-test-alternate-alg", header: ["alg": "PS256"]),
        Forgery("HMAC with a public key", header: ["alg": "HS256"]),
        Forgery("crit", header: ["alg": "RS256", "crit": ["exp"]]),
        Forgery("an access token in its place", header: ["alg": "RS256", "typ": "at+jwt"]),
    ]

    private func expectRefusal(_ fixture: FlowFixture, _ code: String, status: Int = 502) async throws {
        let login = try await fixture.returning()
        let reply = await fixture.answer(login.request())
        #expect(reply.status == status)
        #expect(!reply.setsSession)
        #expect(reply.cookies.isEmpty)
        #expect(fixture.events.refusals == [code])
        #expect(!fixture.events.events.contains { $0.name == "session.started" })
    }

    @Test(arguments: refused) func refusesAnIDToken(_ forgery: Forgery) async throws {
        let fixture = try FlowFixture()
        try fixture.resignIDTokens(header: forgery.header, change: forgery.change)
        try await expectRefusal(fixture, "id_token_refused")
    }

    /// oidcc-client-test-invalid-sig-rs256
    @Test func refusesASignatureOfAnotherKey() async throws {
        let fixture = try FlowFixture()
        try fixture.resignIDTokens(key: SigningKey.generate(.rs256)) { _ in }
        try await expectRefusal(fixture, "id_token_refused")
    }

    /// A token's own word for where its keys are is never followed.
    @Test(arguments: ["jku", "x5u"]) func noAddressInATokenIsAskedForKeys(member: String) async throws {
        let fixture = try FlowFixture()
        var header: JSONObject = ["alg": "RS256", "typ": "JWT"]
        header[member] = "https://evil.example/keys"
        try fixture.resignIDTokens(header: header, key: SigningKey.generate(.rs256)) { _ in }
        try await expectRefusal(fixture, "id_token_refused")
        #expect(fixture.transport.requests.allSatisfy { $0.url.origin == fixture.server.issuer.origin })
    }

    @Test func refusesAnAnswerWithoutAnIDToken() async throws {
        let fixture = try FlowFixture()
        fixture.tamperTokens { $0["id_token"] = nil }
        try await expectRefusal(fixture, "id_token_missing")
    }

    static let accepted: [Forgery] = [
        Forgery("oidcc-client-test"),
        Forgery("oidcc-client-test-kid-absent-single-jwks", header: ["alg": "RS256"]),
        Forgery("fapi2-client-test-aud-as-array") { $0["aud"] = ["web-app"] },
        Forgery("azp is the client") { $0["azp"] = "web-app" },
        Forgery("without at_hash") { $0["at_hash"] = nil },
    ]

    @Test(arguments: accepted) func acceptsAnIDToken(_ forgery: Forgery) async throws {
        let fixture = try FlowFixture()
        try fixture.resignIDTokens(header: forgery.header, change: forgery.change)
        #expect(try await fixture.answer(fixture.returning().request()).setsSession)
    }

    static let answers: [Forgery] = [
        Forgery("fapi2-client-test-token-type-case-insensitivity") { $0["token_type"] = "bEARER" },
        Forgery("fapi2-client-test-no-expires_in") { $0["expires_in"] = nil },
        Forgery("no refresh token") { $0["refresh_token"] = nil },
        Forgery("no scope") { $0["scope"] = nil },
    ]

    @Test(arguments: answers) func acceptsATokenResponse(_ forgery: Forgery) async throws {
        let fixture = try FlowFixture()
        fixture.tamperTokens { forgery.change(&$0) }
        #expect(try await fixture.answer(fixture.returning().request()).setsSession)
    }

    /// oidcc-client-test-signing-key-rotation: a new key, published after ours were fetched.
    @Test func aKeyRotationFailsNoLogin() async throws {
        let fixture = try FlowFixture()
        _ = try await fixture.loggedIn()
        let key = try SigningKey.generate(.rs256)
        let kid = JSONValue.string(key.keyID?.text ?? "")
        fixture.publish(SigningKey.jwkSet([key])) { request, response in
            guard request.url.path == "/token", var object = try? JSONReader.object(response.body),
                let token = object["id_token"]?.stringValue,
                let signed = try? key.signed(
                    header: ["alg": "RS256", "kid": kid], payload: JSONWriter.bytes(JSONObject(payloadOf: token)))
            else { return response }
            object["id_token"] = .string(signed.exposedText)
            return TransportResponse(status: 200, fields: response.fields, body: JSONWriter.bytes(object))
        }
        #expect(try await fixture.answer(fixture.returning().request()).setsSession)
    }

    @Test func aProviderThatIsDownAtTheStartIsFoundWhenItIsUp() async throws {
        let fixture = try FlowFixture()
        fixture.transport.tamper { _, _ throws(TransportError) in
            throw TransportError(.connectionFailed, sent: .nothing)
        }
        let down = await fixture.visit("/private")
        #expect(down.status == 503)
        #expect(down.text.contains("The login service cannot be reached"))
        #expect(down.text.contains("Try again"))
        fixture.transport.tamper { _, response in response }
        fixture.clock.advance(seconds: 61)
        #expect(await fixture.visit("/private").status == 303)
    }

    struct BadMetadata: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let status: Int
        let detail: String
        let change: @Sendable (TransportResponse) -> TransportResponse
    }

    private static func text(_ from: String, _ to: String) -> @Sendable (TransportResponse) -> TransportResponse {
        { response in
            guard var object = try? JSONReader.object(response.body) else { return response }
            object[from] = to.isEmpty ? nil : .string(to)
            return TransportResponse(status: 200, fields: response.fields, body: JSONWriter.bytes(object))
        }
    }

    static let badMetadata: [BadMetadata] = [
        .init(
            testDescription: "oidcc-client-test-discovery-issuer-mismatch", status: 500, detail: "not set up",
            change: text("issuer", "https://evil.example")),
        .init(
            testDescription: "a slash too many", status: 500, detail: "not set up",
            change: text("issuer", "http://localhost:3001/")),
        .init(
            testDescription: "no token endpoint", status: 500, detail: "not set up", change: text("token_endpoint", "")),
        .init(
            testDescription: "http endpoint elsewhere", status: 500, detail: "not set up",
            change: text("token_endpoint", "http://evil.example/token")),
        .init(testDescription: "HTML", status: 500, detail: "not set up") { _ in
            TransportResponse(
                status: 200, fields: [HeaderField("Content-Type", "text/html")].compactMap(\.self),
                body: Array("<html>".utf8))
        },
        .init(testDescription: "not found", status: 500, detail: "not set up") { _ in TransportResponse(status: 404) },
        .init(testDescription: "redirect", status: 500, detail: "not set up") { _ in TransportResponse(status: 302) },
        .init(testDescription: "bad gateway", status: 503, detail: "cannot be reached") { _ in
            TransportResponse(status: 502)
        },
        .init(testDescription: "too many requests", status: 503, detail: "cannot be reached") { _ in
            TransportResponse(status: 429)
        },
    ]

    @Test(arguments: badMetadata) func metadataThatDoesNotHoldStartsNoLogin(_ bad: BadMetadata) async throws {
        let fixture = try FlowFixture()
        fixture.transport.tamper { request, response in
            request.url.path == ProviderFailureTests.configuration ? bad.change(response) : response
        }
        let reply = await fixture.visit("/login")
        #expect(reply.status == bad.status)
        #expect(reply.text.contains(bad.detail))
        #expect(reply.fields.values(named: "Set-Cookie").isEmpty)
        #expect(fixture.events.refusals == ["discovery_failed"])
    }

    @Test func theOperatorReadsWhichIssuerWouldBeRight() async throws {
        let fixture = try FlowFixture()
        fixture.transport.tamper { _, response in
            ProviderFailureTests.text("issuer", "http://localhost:3001/")(response)
        }
        let reply = await fixture.visit("/login")
        #expect(fixture.events.everything.contains("found 'http://localhost:3001/' in the metadata"))
        #expect(!reply.text.contains("localhost:3001"), "the user is not the operator")
    }

    @Test func aProviderThatIsDownAtTheCallbackUsesNoLoginUp() async throws {
        let store = MemorySessionStore()
        let keys = SealingKeys(generatedBy: .system)
        let first = try FlowFixture(store: store, keys: keys)
        let login = try await first.returning()
        let restarted = try FlowFixture(store: store, keys: keys, clock: first.clock, sharing: first)
        first.transport.tamper { request, response in
            request.url.path == ProviderFailureTests.configuration ? TransportResponse(status: 503) : response
        }
        let refused = await restarted.answer(login.request())
        #expect(refused.status == 503)
        #expect(refused.fields.values(named: "Set-Cookie").isEmpty)
        #expect(first.transport.count(path: "/token") == 0)
        first.transport.tamper { _, response in response }
        first.clock.advance(seconds: 30)
        #expect(await restarted.answer(login.request()).setsSession)
    }

    @Test func aWrongSecretIsTheOperatorsTurn() async throws {
        let fixture = try FlowFixture(secret: "another secret")
        let login = try await fixture.returning()
        let reply = await fixture.answer(login.request())
        #expect(reply.status == 502)
        #expect(reply.text.contains("tell the people who run this site"))
        #expect(!reply.text.contains("Try again"))
        #expect(fixture.events.everything.contains("invalid_client"))
        #expect(!fixture.events.everything.contains("another secret"))
    }

    struct BadAnswer: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let status: Int
        let change: @Sendable () throws(TransportError) -> TransportResponse
    }

    static let badAnswers: [BadAnswer] = [
        .init(testDescription: "500", status: 503) { TransportResponse(status: 500) },
        .init(testDescription: "429", status: 503) { TransportResponse(status: 429) },
        .init(testDescription: "server_error", status: 503) { .json(#"{"error":"server_error"}"#, status: 400) },
        .init(testDescription: "timeout, outcome unknown", status: 503) { () throws(TransportError) in
            throw TransportError(.timedOut, sent: .maybe)
        },
        .init(testDescription: "refused, nothing sent", status: 503) { () throws(TransportError) in
            throw TransportError(.connectionFailed, sent: .nothing)
        },
        .init(testDescription: "certificate", status: 500) { () throws(TransportError) in
            throw TransportError(.tls, sent: .nothing)
        },
        .init(testDescription: "invalid_grant", status: 400) { .json(#"{"error":"invalid_grant"}"#, status: 400) },
        .init(testDescription: "HTML", status: 502) {
            TransportResponse(
                status: 200, fields: [HeaderField("Content-Type", "text/html")].compactMap(\.self),
                body: Array("<html>".utf8))
        },
        .init(testDescription: "no JSON", status: 502) { .json("{") },
        .init(testDescription: "redirect", status: 502) { TransportResponse(status: 307) },
        .init(testDescription: "another token type", status: 502) {
            .json(#"{"access_token":"a","token_type":"mac"}"#)
        },
        .init(testDescription: "error with 200", status: 502) {
            .json(#"{"error":"invalid_request","access_token":"a","token_type":"Bearer"}"#)
        },
    ]

    @Test(arguments: badAnswers) func aTokenAnswerThatDoesNotHoldMakesNoSession(_ bad: BadAnswer) async throws {
        let fixture = try FlowFixture()
        fixture.transport.tamper { request, response throws(TransportError) in
            request.url.path == "/token" ? try bad.change() : response
        }
        try await expectRefusal(fixture, "token_request_failed", status: bad.status)
        #expect(fixture.transport.count(path: "/token") == 1)
    }

    @Test func keysThatCannotBeFetchedAreNobodysFault() async throws {
        let fixture = try FlowFixture()
        fixture.transport.tamper { request, response in
            request.url.path == "/jwks" ? TransportResponse(status: 503) : response
        }
        try await expectRefusal(fixture, "id_token_keys_unavailable", status: 503)
    }

    @Test func metadataThatAsksForAnotherAuthenticationIsHeeded() async throws {
        let fixture = try FlowFixture()
        _ = try await fixture.loggedIn()
        fixture.transport.tamper { request, response in
            guard request.url.path == ProviderFailureTests.configuration,
                var object = try? JSONReader.object(response.body)
            else { return response }
            object["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
            return TransportResponse(status: 200, fields: response.fields, body: JSONWriter.bytes(object))
        }
        fixture.clock.advance(seconds: 90_000)
        _ = try await fixture.loggedIn()
        let last = try #require(fixture.transport.requests.last { $0.url.path == "/token" })
        #expect(last.fields.values(named: "Authorization").isEmpty)
    }

    @Test func programsGetProblemDetails() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        let reply = await fixture.visit(
            login.target(setting: "iss", to: "https://evil.example"), cookie: login.cookie, accept: "application/json")
        #expect(reply.fields.values(named: "Content-Type") == ["application/problem+json"])
        let problem = try JSONReader.object(reply.body)
        #expect(problem["status"] == 400)
        #expect(problem["code"] == "callback_issuer_mismatch")
        #expect(problem["correlation_id"]?.stringValue == fixture.events.events.last?.correlationID)
    }
}
