import AuthURL
import Concurrency
import JOSE
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import TokenExchange
import WireFormats

/// Apple: a secret that the app signs, a response by form, and a name that comes once and unsigned.
@Suite struct AppleTests {
    private static let team = "A1B2C3D4E5"

    /// Remembers what hooks see of the user.
    private final class Watcher: LoginHooks {
        let seen = Lock<[UnverifiedUser?]>([])
        func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {}
        func decide(_ login: CompletedLogin) async throws -> LoginDecision {
            seen.withLock { $0.append(login.unverifiedUser) }
            return .allow
        }
    }

    private func app(
        hooks: any LoginHooks = NoHooks(), bend: (inout OddProvider.Bends) -> Void = { _ in },
        configure: (inout LoginSettings) throws -> Void = { _ in }
    ) throws -> OddApp {
        try KnownApp.open(
            .apple, hooks: hooks,
            bend: {
                // As Apple's metadata: no UserInfo, one method, three modes.
                $0.alsoInMetadata {
                    $0["userinfo_endpoint"] = nil
                    $0["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
                    $0["response_modes_supported"] = ["query", "fragment", "form_post"]
                    $0["scopes_supported"] = ["openid", "email", "name"]
                }
                bend(&$0)
            }, configure: configure)
    }

    @Test func asksForNameAndAddressByForm() async throws {
        let login = await (try app()).begin()
        #expect(login.parameter("response_mode") == "form_post")
        #expect(login.parameter("scope") == "openid name email")
    }

    private func user(_ text: String, method: HTTPMethod = .post, reads: Bool = true) async throws -> UnverifiedUser? {
        let watcher = Watcher()
        let app = try app(hooks: watcher, configure: { $0.takesUserOfFormPost = reads })
        let login = await app.begin()
        let reply =
            method == .post
            ? await app.comeBackByForm(login, adding: [("user", text)])
            : await app.comeBack(login, "code=c0de&state=%STATE%&user=" + PercentEncoding.encode(text))
        #expect(reply.beginsSession, "whatever user says, the login goes on")
        return watcher.seen.withLock { $0.last ?? nil }
    }

    @Test func theNameOfTheFirstLoginReachesTheHook() async throws {
        let found = try await user(
            #"{"name":{"firstName":"Zoë","lastName":"O'Neil"},"email":"z@privaterelay.example"}"#)
        #expect(found?.givenName == "Zoë" && found?.familyName == "O'Neil" && found?.email == "z@privaterelay.example")
    }

    static let rubbish = [
        "", "{", "[]", "{}", "7", #"{"name":"Zoe"}"#, #"{"name":{"firstName":7}}"#, #"{"email":["a@b"]}"#,
        #"{"name":{"firstName":""}}"#, #"{"name":{"firstName":"a\nb"}}"#, #"{"name":{"firstName":"a\u202Eb"}}"#,
        #"{"name":{"firstName":"a","firstName":"b"}}"#,
        #"{"email":""# + String(repeating: "a", count: 257) + #""}"#,
        #"{"email":"a@b.c","x":""# + String(repeating: "a", count: 2_048) + #""}"#,
        String(repeating: "[", count: 2_000),
    ]

    @Test(arguments: rubbish) func whatIsNoShortPlainUserIsNone(_ text: String) async throws {
        #expect(try await user(text) == nil)
    }

    @Test func theUserIsReadFromAFormOnlyAndWhereTheSettingsSaySo() async throws {
        let text = #"{"email":"a@b.c"}"#
        #expect(try await user(text, method: .get) == nil)
        #expect(try await user(text, reads: false) == nil)
        #expect(try await user(text) != nil)
    }

    /// Whoever forges the parameter changes nothing that counts.
    @Test func theUserIsNoClaim() async throws {
        let app = try app(bend: { $0.also { $0["email"] = "real@example.com" } })
        let reply = await app.comeBackByForm(
            await app.begin(),
            adding: [
                (
                    "user",
                    #"{"sub":"admin","email":"ceo@shop.example","name":{"firstName":"CEO"},"email_verified":true}"#
                )
            ])
        let session = try #require(await app.session(reply))
        #expect(session.subject.text == "subject-a" && session.claims["email"] == "real@example.com")
        #expect(session.claims["name"] == nil && session.claims["email_verified"] == nil)
        #expect(session.additions.isEmpty)
    }

    @Test func thePageThatPostsAgainKeepsTheUser() async throws {
        let app = try app()
        let login = await app.begin()
        let form = [
            ("code", "c0de"), ("state", login.parameter("state") ?? ""), ("user", #"{"email":"a@b.c"}"#), ("x", "y"),
        ]
        // From another site: without cookies.
        let reply = await app.flow.respond(
            to: FlowFixture.request("/callback", method: .post, form: form), on: .callback)
        #expect(reply.status == 200 && reply.text.contains(#"name="user""#) && !reply.text.contains(#"name="x""#))
    }

    // The secret

    private func secret(_ clock: ManualClock, lifetime: Duration = .seconds(3_600)) throws -> (
        AppleClientSecret, SigningKey
    ) {
        let key = try SigningKey.generate(.es256, keyID: KeyID("F6G7H8I9J0"))
        let secret = try AppleClientSecret(
            team: Self.team, keyID: "F6G7H8I9J0", key: key.pem(), lifetime: lifetime, clock: clock.wall)
        return (secret, key)
    }

    private func sent(_ secret: AppleClientSecret, as client: String = "web-app") async throws -> String {
        var request = TokenRequest(parameters: [])
        try await secret.authenticate(
            &request, as: ClientID(client), at: EndpointURL("https://appleid.apple.com/auth/token"))
        #expect(request.parameters.first?.name == "client_id" && request.parameters.first?.value == client)
        #expect(request.fields.isEmpty)
        return try #require(request.parameters.last { $0.name == "client_secret" }?.value)
    }

    @Test func theSecretIsTheJWTThatAppleAsksFor() async throws {
        let clock = ManualClock()
        let (secret, key) = try secret(clock)
        let text = try await sent(secret)
        let claims = JSONObject(payloadOf: text)
        let now = Int(clock.now.seconds)
        #expect(claims["iss"] == .string(Self.team) && claims["sub"] == "web-app")
        #expect(claims["aud"] == "https://appleid.apple.com")
        #expect(claims["iat"]?.intValue == now && claims["exp"]?.intValue == now + 3_600)
        let header = try JSONReader.object(Base64URL.decode(String(text.prefix { $0 != "." })) ?? [])
        #expect(header["alg"] == "ES256" && header["kid"] == "F6G7H8I9J0")
        let verifier = JWSVerifier()
        let keys = try JWKSet(jwks: SigningKey.jwkSet([key]))
        let check = PublicKeyCheck(keys, algorithms: [.es256])
        _ = try verifier.verify(Array(text.utf8).span, by: check)
    }

    @Test func theSecretIsKeptForHalfItsLifeAndThenMadeAnew() async throws {
        let clock = ManualClock()
        let (secret, _) = try secret(clock)
        let first = try await sent(secret)
        clock.advance(seconds: 1_799)
        #expect(try await sent(secret) == first)
        #expect(try await sent(secret, as: "another") != first, "each client has its own")
        clock.advance(seconds: 1)
        let second = try await sent(secret)
        #expect(JSONObject(payloadOf: second)["iat"]?.intValue == Int(clock.now.seconds))
    }

    @Test func aClockThatWasPutBackMakesANewSecret() async throws {
        let clock = ManualClock()
        let (secret, _) = try secret(clock)
        _ = try await sent(secret)
        clock.advance(seconds: -600)
        #expect(JSONObject(payloadOf: try await sent(secret))["iat"]?.intValue == Int(clock.now.seconds))
    }

    @Test func aLoginSendsTheSecretInTheForm() async throws {
        let clock = ManualClock()
        let (secret, _) = try secret(clock)
        let app = try app(configure: { $0 = try Self.settings(secret) })
        let login = await app.begin()
        #expect(await app.comeBackByForm(login, adding: []).beginsSession)
        let form = try FormEncoding.decode(app.provider.lastTokenForm[...])
        let token = try #require(form.onlyValue(named: "client_secret"))
        #expect(JSONObject(payloadOf: token)["iss"] == .string(Self.team))
        #expect(!app.events.everything.contains(token))
    }

    private static func settings(_ secret: AppleClientSecret) throws -> LoginSettings {
        try LoginSettings(
            at: .apple, clientID: ClientID("web-app"), clientCredential: .appleSecret(secret),
            baseURL: EndpointURL("https://app.example"))
    }

    @Test func aSecretThatCannotWorkIsAFault() throws {
        let key = try SigningKey.generate(.es256, keyID: KeyID("F6G7H8I9J0"))
        let rsa = try SigningKey.generate(.rs256)
        func faults(
            _ team: String = Self.team, _ signer: SigningKey? = nil, _ lifetime: Duration = .seconds(3_600)
        ) -> Int {
            do {
                _ = try AppleClientSecret(team: team, signer: signer ?? key, lifetime: lifetime)
                return 0
            } catch { return error.faults.count }
        }
        #expect(faults() == 0 && faults(Self.team, nil, .seconds(15_777_000)) == 0)
        #expect(faults("short") == 1 && faults("a1b2c3d4e5") == 1 && faults("A1B2C3D4\u{C5}") == 1)
        #expect(faults(Self.team, rsa) == 1)
        #expect(faults(Self.team, nil, .seconds(15_777_001)) == 1 && faults(Self.team, nil, .seconds(1)) == 1)
        #expect(faults("", rsa, .zero) == 3)
        let error = #expect(throws: SettingsError.self) {
            try AppleClientSecret(team: Self.team, keyID: "F6G7H8I9J0", key: Array("no key".utf8))
        }
        #expect(
            error?.faults.first?.fix.contains(".p8") == true && error?.description.contains("no key at all") == false)
    }

    @Test func theSecretShowsNothing() throws {
        let (secret, _) = try secret(ManualClock())
        var shown = "\(secret)"
        dump(secret, to: &shown)
        #expect(!shown.contains(Self.team) && !shown.contains("F6G7"))
    }

    // A secret that was made by hand

    @Test func theEndOfASecretMadeByHandIsToldInTime() async throws {
        let clock = ManualClock()
        let claims: JSONObject = ["exp": .time(clock.now.adding(.seconds(10 * 86_400)))]
        let secret = try SigningKey.generate(.es256).signed(type: "JWT", claims: claims).exposedText
        let app = try KnownApp.open(.apple, secret: secret)
        let housekeeping = Task { await app.flow.run(every: .seconds(3_600)) }
        for _ in 0..<100_000 where app.details("credential.ending").isEmpty { await Task.yield() }
        housekeeping.cancel()
        await housekeeping.value
        #expect(app.details("credential.ending").map { $0["days"] } == ["10"])
        #expect(!app.events.everything.contains(secret))
    }

    @Test(arguments: ["plain-secret-without-dots", "a.b.c", "a.e30.c", "..", "a.eyJleHAiOiJ4In0.c"])
    func anotherSecretHasNoEnd(_ secret: String) throws {
        #expect(try KnownApp.settings(.apple, secret: secret).clientCredentialEndsAt == nil)
    }
}
