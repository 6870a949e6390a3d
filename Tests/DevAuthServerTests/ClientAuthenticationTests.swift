import DevAuthServer
import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// How apps authenticate (RFC 6749 §2.3, RFC 7523 §3, OpenID Connect Core §9).
struct ClientAuthenticationTests {
    private static func fixture(
        _ way: DevClientAuthentication, audience: DevAssertionAudience = .any
    ) throws -> Fixture {
        try Fixture { app, _ in
            app.authentication = way
            app.keys = try AppKeys.published
            app.assertionAudience = audience
            if way == .secretJWT { app.secret = AppKeys.longSecret }
        }
    }

    private func answer(
        _ fixture: Fixture, _ form: [(String, String)], authorization: HeaderField? = nil
    ) async throws -> DevResponse {
        await fixture.post(
            "/token", form: Fixture.codeForm(try await fixture.code()) + form, authorization: authorization)
    }

    @Test(
        arguments: [
            (.secret, true, true), (.secretBasic, true, false), (.secretPost, false, true), (.none, false, false),
            (.privateKeyJWT, false, false), (.secretJWT, false, false),
        ] as [(DevClientAuthentication, Bool, Bool)])
    func takesTheSecretOnlyInTheRegisteredWay(
        _ way: DevClientAuthentication, basic: Bool, post: Bool
    ) async throws {
        let fixture = try Self.fixture(way)
        let secret = way == .secretJWT ? AppKeys.longSecret.exposedText : Fixture.secret
        let header = try await answer(fixture, [], authorization: Fixture.basic(secret: secret))
        #expect(header.status == (basic ? 200 : 401))
        let form = try await answer(fixture, [("client_id", "web-app"), ("client_secret", secret)])
        #expect(form.status == (post ? 200 : 401))
    }

    @Test(arguments: DevClientAuthentication.allCases)
    func takesNoProofOnlyFromAPublicClient(_ way: DevClientAuthentication) async throws {
        let response = try await answer(try Self.fixture(way), [("client_id", "web-app")])
        #expect(response.status == (way == .none ? 200 : 401))
    }

    @Test func takesASignedAssertionOnce() async throws {
        let fixture = try Self.fixture(.privateKeyJWT)
        let claims = AppKeys.assertion(at: fixture.clock.now)
        let form = AppKeys.form(try AppKeys.key.signed(type: "JWT", claims: claims).exposedText)
        #expect(try await answer(fixture, form).status == 200)
        let second = try await answer(fixture, form)
        #expect(second.status == 401)
        #expect(second.error == "invalid_client")
    }

    @Test func takesAnAssertionUnderTheSecretOnce() async throws {
        let fixture = try Self.fixture(.secretJWT)
        let signer = try ClientSecretSigner(secret: AppKeys.longSecret, algorithm: .hs256)
        let form = AppKeys.form(
            try signer.signed(type: "JWT", claims: AppKeys.assertion(at: fixture.clock.now)).exposedText)
        #expect(try await answer(fixture, form).status == 200)
        #expect(try await answer(fixture, form).status == 401)
    }

    /// A secret and a key are not interchangeable.
    @Test func takesNoAssertionOfTheOtherKind() async throws {
        let (byKey, bySecret) = (try Self.fixture(.privateKeyJWT), try Self.fixture(.secretJWT))
        let claims = AppKeys.assertion(at: byKey.clock.now)
        let signed = AppKeys.form(try AppKeys.key.signed(type: "JWT", claims: claims).exposedText)
        let signer = try ClientSecretSigner(secret: AppKeys.longSecret, algorithm: .hs256)
        let macced = AppKeys.form(try signer.signed(type: "JWT", claims: claims).exposedText)
        #expect(try await answer(bySecret, signed).status == 401)
        #expect(try await answer(byKey, macced).status == 401)
        #expect(try await answer(byKey, signed).status == 200)
    }

    @Test(
        arguments: [
            ["iss": "other-app"], ["sub": "other-app"], ["aud": "https://elsewhere.example"], ["aud": []],
            ["aud": ["http://localhost:3001", "https://elsewhere.example"]], ["aud": .null], ["exp": .null],
            ["exp": 1_799_999_900], ["exp": 1_900_000_000], ["exp": -1], ["iat": 1_800_001_000],
            ["nbf": 1_800_001_000], ["jti": .null], ["jti": ""],
        ] as [JSONObject], [DevClientAuthentication.privateKeyJWT, .secretJWT])
    func refusesAnAssertionThatDoesNotFit(_ changes: JSONObject, way: DevClientAuthentication) async throws {
        let fixture = try Self.fixture(way)
        let signer = try ClientSecretSigner(secret: AppKeys.longSecret, algorithm: .hs256)
        let claims = AppKeys.assertion(at: fixture.clock.now, changing: changes)
        let text =
            way == .secretJWT
            ? try signer.signed(type: "JWT", claims: claims) : try AppKeys.key.signed(type: "JWT", claims: claims)
        let response = try await answer(fixture, AppKeys.form(text.exposedText))
        #expect(response.status == 401)
        #expect(response.error == "invalid_client")
    }

    @Test func refusesAnAssertionByAForeignKey() async throws {
        let fixture = try Self.fixture(.privateKeyJWT)
        let claims = AppKeys.assertion(at: fixture.clock.now)
        let form = AppKeys.form(try AppKeys.otherKey.signed(type: "JWT", claims: claims).exposedText)
        #expect(try await answer(fixture, form).status == 401)
    }

    @Test(
        arguments: [
            (.issuer, Fixture.issuerText, true), (.issuer, Fixture.issuerText + "/token", false),
            (.tokenEndpoint, Fixture.issuerText, false), (.tokenEndpoint, Fixture.issuerText + "/token", true),
            (.any, Fixture.issuerText, true), (.any, Fixture.issuerText + "/token", true),
            (.any, Fixture.issuerText + "/par", false),
        ] as [(DevAssertionAudience, String, Bool)])
    func takesTheRegisteredAudienceOnly(
        _ registered: DevAssertionAudience, audience: String, isAccepted: Bool
    ) async throws {
        let fixture = try Self.fixture(.privateKeyJWT, audience: registered)
        let claims = AppKeys.assertion(at: fixture.clock.now, changing: ["aud": .string(audience)])
        let form = AppKeys.form(try AppKeys.key.signed(type: "JWT", claims: claims).exposedText)
        #expect(try await answer(fixture, form).status == (isAccepted ? 200 : 401))
    }

    @Test func refusesTwoWaysAtOnce() async throws {
        let fixture = try Self.fixture(.privateKeyJWT)
        let claims = AppKeys.assertion(at: fixture.clock.now)
        let form = AppKeys.form(try AppKeys.key.signed(type: "JWT", claims: claims).exposedText)
        let response = try await answer(fixture, form + [("client_secret", "x")])
        #expect(response.error == "invalid_request")
        #expect(try await answer(fixture, form + [("client_id", "other-app")]).error == "invalid_request")
        #expect(try await answer(fixture, [form[1]]).error == "invalid_request")
    }

    @Test func namesTheMethodsOfItsApps() async throws {
        let fixture = try Self.fixture(.privateKeyJWT)
        let document = try await fixture.get("/.well-known/openid-configuration").json
        let methods: JSONValue = ["private_key_jwt", "client_secret_basic", "client_secret_post"]
        #expect(document["token_endpoint_auth_methods_supported"] == methods)
    }

    @Test func refusesSettingsWithoutWhatTheMethodNeeds() throws {
        #expect(throws: SettingsError.self) { try Fixture { app, _ in app.authentication = .privateKeyJWT } }
        #expect(throws: SettingsError.self) { try Fixture { app, _ in app.authentication = .secretJWT } }
        #expect(throws: SettingsError.self) { try Fixture { app, _ in app.requiresSignedRequest = true } }
        _ = try Fixture { app, _ in
            app.authentication = .none
            app.secret = ClientSecret("")
        }
    }
}
