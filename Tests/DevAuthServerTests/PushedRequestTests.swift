import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Pushed authorization requests (RFC 9126).
struct PushedRequestTests {
    private func push(_ fixture: Fixture, changing changes: [String: String?] = [:]) async throws -> String {
        let response = await fixture.post("/par", form: form(changing: changes))
        try #require(response.status == 201)
        #expect(try response.json["expires_in"] == 60)
        return try response.json.text("request_uri")
    }

    private func form(changing changes: [String: String?] = [:]) -> [(String, String)] {
        Fixture.request.filter { changes[$0.0] == nil }
            + changes.sorted { $0.key < $1.key }.compactMap { name, value in value.map { (name, $0) } }
    }

    @Test func takesARequestAndItsReferenceOnce() async throws {
        let fixture = try Fixture()
        let uri = try await push(fixture)
        #expect(uri.hasPrefix("urn:ietf:params:oauth:request_uri:"))
        let target = Fixture.authorize(only: [("request_uri", uri)])
        let page = try await fixture.allow(target)
        #expect(page.parameters("state") == ["state-1"])
        #expect(await fixture.requestTokens(for: try #require(page.parameters("code").first)).status == 200)
        let again = await fixture.get(target)
        #expect(again.status == 400)
        #expect(again.field("Location") == nil)
    }

    @Test func readsNothingBesideWhatWasPushed() async throws {
        let fixture = try Fixture()
        let uri = try await push(fixture, changing: ["state": "pushed"])
        let page = try await fixture.allow(
            Fixture.authorize(only: [
                ("request_uri", uri), ("state", "beside"), ("redirect_uri", "https://evil.example"), ("scope", "x"),
            ]))
        #expect(page.parameters("state") == ["pushed"])
    }

    @Test func forgetsARequestAfterItsTime() async throws {
        let fixture = try Fixture()
        let (early, late) = (try await push(fixture), try await push(fixture))
        fixture.clock.advance(seconds: 59)
        #expect(await fixture.get(Fixture.authorize(only: [("request_uri", early)])).status == 200)
        fixture.clock.advance(seconds: 1)
        #expect(await fixture.get(Fixture.authorize(only: [("request_uri", late)])).status == 400)
    }

    @Test func leavesARequestToTheAppThatPushedIt() async throws {
        let fixture = try Fixture()
        let uri = try await push(fixture)
        let query = FormEncoding.encode([
            FormField(name: "client_id", value: "other-app"), FormField(name: "request_uri", value: uri),
        ])
        #expect(await fixture.get("/authorize?" + query).status == 400)
        #expect(await fixture.get(Fixture.authorize(only: [("request_uri", uri)])).status == 200)
    }

    @Test func authenticatesTheApp() async throws {
        let fixture = try Fixture()
        let wrong = await fixture.post("/par", form: form(), authorization: Fixture.basic(secret: "wrong"))
        #expect(wrong.status == 401)
        let other = await fixture.post(
            "/par", form: form(), authorization: Fixture.basic("other-app", secret: "other secret"))
        #expect(other.error == "invalid_request")
    }

    @Test(
        arguments: [
            (["request_uri": "urn:x"], "invalid_request"),
            (["redirect_uri": "https://evil.example"], "invalid_request"),
            (["redirect_uri": nil], "invalid_request"), (["response_type": "token"], "unsupported_response_type"),
            (["scope": nil], "invalid_scope"), (["code_challenge": nil], "invalid_request"),
            (["audience": "urn:other"], "invalid_target"), (["response_mode": "fragment"], "invalid_request"),
        ] as [([String: String?], String)])
    func answersAFaultAtOnce(_ changes: [String: String?], error: String) async throws {
        let response = await (try Fixture()).post("/par", form: form(changing: changes))
        #expect(response.status == 400)
        #expect(response.error == error)
    }

    @Test func refusesOtherRequestsOfAnAppThatHasToPush() async throws {
        let fixture = try Fixture { app, _ in app.requiresPushedRequest = true }
        var browser = fixture.browser()
        #expect(try await browser.open(Fixture.address()).parameters("error") == ["invalid_request"])
        let uri = try await push(fixture)
        let page = try await fixture.allow(Fixture.authorize(only: [("request_uri", uri)]))
        #expect(page.parameters("code").count == 1)
    }
}
