import DevAuthServer
import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Signed authorization requests (RFC 9101).
struct RequestObjectTests {
    private static func fixture(required: Bool = false) throws -> Fixture {
        try Fixture { app, _ in
            app.keys = try AppKeys.published
            app.requiresSignedRequest = required
        }
    }

    @Test(arguments: ["oauth-authz-req+jwt", "JWT"]) func takesASignedRequest(type: String) async throws {
        let fixture = try Self.fixture()
        let object = try AppKeys.requestObject(at: fixture.clock.now, type: type, changing: ["max_age": 600])
        let page = try await fixture.allow(Fixture.authorize(only: [("request", object), ("state", "beside")]))
        #expect(page.parameters("state") == ["state-1"])
        #expect(await fixture.requestTokens(for: try #require(page.parameters("code").first)).status == 200)
    }

    @Test(
        arguments: [
            ["iss": "other-app"], ["iss": .null], ["aud": "https://elsewhere.example"], ["aud": .null],
            ["client_id": "other-app"], ["client_id": .null], ["exp": .null], ["exp": 1_799_999_900],
            ["exp": 1_800_010_000], ["nbf": 1_800_001_000], ["sub": "web-app"], ["request": "x"],
            ["request_uri": "urn:x"],
        ] as [JSONObject])
    func refusesARequestThatDoesNotFit(_ changes: JSONObject) async throws {
        let fixture = try Self.fixture()
        let object = try AppKeys.requestObject(at: fixture.clock.now, changing: changes)
        var browser = fixture.browser()
        let page = try await browser.open(Fixture.address(["request": object]))
        #expect(page.parameters("error") == ["invalid_request_object"])
        #expect(page.parameters("state") == ["state-1"])
    }

    @Test func refusesAForeignKeyAndNoneAndAnotherKindOfToken() async throws {
        let fixture = try Self.fixture()
        let now = fixture.clock.now
        let signed = try AppKeys.requestObject(at: now)
        let payload = signed.split(separator: ".")[1]
        let none = Base64URL.encode(Array(#"{"alg":"none"}"#.utf8))
        for object in [
            try AppKeys.requestObject(at: now, by: AppKeys.otherKey), "\(none).\(payload).",
            try AppKeys.requestObject(at: now, type: "client-authentication+jwt"), "e30.e30", "x",
        ] {
            var browser = fixture.browser()
            let page = try await browser.open(Fixture.address(["request": object]))
            #expect(page.parameters("error") == ["invalid_request_object"])
        }
    }

    /// Before the signature counts, so would an address in the object make the server an open redirector.
    @Test func showsAPageWhereOnlyARefusedObjectSaysWhereToGo() async throws {
        let fixture = try Self.fixture()
        let object = try AppKeys.requestObject(
            at: fixture.clock.now, by: AppKeys.otherKey, changing: ["redirect_uri": "https://evil.example"])
        let response = await fixture.get(Fixture.authorize(only: [("request", object)]))
        #expect(response.status == 400)
        #expect(response.field("Location") == nil)
    }

    @Test func refusesPlainRequestsOfAnAppThatHasToSign() async throws {
        let fixture = try Self.fixture(required: true)
        var browser = fixture.browser()
        #expect(try await browser.open(Fixture.address()).parameters("error") == ["invalid_request"])
        #expect(await fixture.post("/par", form: Fixture.request).error == "invalid_request")
        let object = try AppKeys.requestObject(at: fixture.clock.now)
        let pushed = await fixture.post("/par", form: [("client_id", "web-app"), ("request", object)])
        #expect(pushed.status == 201)
        let uri = try pushed.json.text("request_uri")
        let page = try await fixture.allow(Fixture.authorize(only: [("request_uri", uri)]))
        #expect(page.parameters("code").count == 1)
    }
}
