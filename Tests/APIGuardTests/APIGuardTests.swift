import APIGuard
import Concurrency
import JOSE
import OAuthTypes
import Testing
import WireFormats

/// An issuer with one key, an API, and tokens to try on it.
private struct Setting {
    static let audience = "https://api.example"

    let issuer: Issuer
    let key: SigningKey
    let gate: APIGuard<LocalJWKSet>
    let now = UnixTime(seconds: 1_760_000_000)

    init(profile: AccessTokenProfile = .rfc9068, realm: String? = "orders") throws {
        issuer = try Issuer("https://login.example/")
        key = try SigningKey.generate(.es256)
        let keys = LocalJWKSet(try JWKSet(jwks: SigningKey.jwkSet([key])), of: issuer)
        let verifier = AccessTokenVerifier(
            keys: keys, algorithms: [.es256], audience: Setting.audience, profile: profile)
        gate = APIGuard(verifier: verifier, realm: realm)
    }

    var claims: JSONObject {
        [
            "iss": .string(issuer.text), "sub": "alice", "aud": .string(Setting.audience), "client_id": "web",
            "jti": "1",
            "iat": .number(JSONNumber(Int(now.seconds) - 10)), "exp": .number(JSONNumber(Int(now.seconds) + 300)),
            "scope": "orders:read profile",
        ]
    }

    func claims(_ name: String, _ value: JSONValue?) -> JSONObject {
        var changed = claims
        changed[name] = value
        return changed
    }

    func token(_ claims: JSONObject? = nil, type: String = "at+jwt", by signer: SigningKey? = nil) throws -> String {
        try (signer ?? key).signed(type: type, claims: claims ?? self.claims).exposedText
    }

    func authorize(_ values: [String], requiring scope: String? = nil) async throws -> Result<
        AccessTokenClaims, ProtectedResourceError
    > {
        await gate.authorize(authorization: values, requiring: try scope.map { try Scope($0) }, at: now)
    }

    func refusal(_ values: [String], requiring scope: String? = nil) async throws -> ProtectedResourceError? {
        guard case .failure(let refusal) = try await authorize(values, requiring: scope) else { return nil }
        return refusal
    }
}

@Suite struct APIGuardTests {
    private static let invalidToken =
        "Bearer realm=\"orders\", error=\"invalid_token\", error_description=\"The access token is not valid\""

    private func field(_ refusal: ProtectedResourceError?) -> String? {
        refusal?.fields.onlyValue(named: "WWW-Authenticate")
    }

    @Test(arguments: ["Bearer ", "bearer ", "BEARER   "])
    func admitsAValidToken(scheme: String) async throws {
        let setting = try Setting()
        let claims = try await setting.authorize([scheme + setting.token()], requiring: "orders:read").get()
        #expect(claims.subject.text == "alice")
        #expect(claims.clientID?.text == "web")
        #expect(claims.scope.contains("profile"))
    }

    @Test func admitsATokenSignedWithRS256() async throws {
        let setting = try Setting()
        let key = try SigningKey.generate(.rs256)
        let verifier = AccessTokenVerifier(
            keys: LocalJWKSet(try JWKSet(jwks: SigningKey.jwkSet([key])), of: setting.issuer), algorithms: [.rs256],
            audience: Setting.audience, profile: .rfc9068)
        let token = try setting.token(by: key)
        let outcome = await APIGuard(verifier: verifier).authorize(
            authorization: ["Bearer " + token], requiring: nil, at: setting.now)
        #expect(try outcome.get().subject.text == "alice")
    }

    @Test(arguments: [[], ["Basic eDp5"], ["DPoP abc"], ["Bearerabc"], [""], ["Bearer\tabc"]])
    func tellsNoErrorToWhoeverSentNoBearerToken(values: [String]) async throws {
        let refusal = try await Setting().refusal(values)
        #expect(refusal?.status == 401)
        #expect(field(refusal) == "Bearer realm=\"orders\"")
        #expect(refusal?.fields.onlyValue(named: "Cache-Control") == "no-store")
    }

    @Test func writesABareChallengeWithoutARealm() async throws {
        let refusal = try await Setting(realm: nil).refusal([])
        #expect(field(refusal) == "Bearer")
    }

    @Test(arguments: [
        ["Bearer a", "Bearer a"], ["Bearer a", "Basic eDp5"], ["Bearer"], ["Bearer "], ["Bearer a b"],
        ["Bearer a, Bearer b"], ["Bearer a=b"], ["Bearer =="], ["Bearer \"a\""], ["Bearer a "], ["Bearer \u{E9}"],
        ["Bearer a\u{0}"], ["Bearer " + String(repeating: "a", count: 65_537)],
    ])
    func refusesMalformedCredentialsWith400(values: [String]) async throws {
        let refusal = try await Setting().refusal(values)
        #expect(refusal?.status == 400)
        #expect(field(refusal)?.contains("error=\"invalid_request\"") == true)
    }

    enum Flaw: CaseIterable {
        case otherKey, unknownKeyID, cutSignature, changedPayload, none, expired, notYetValid, otherIssuer,
            issuerWithoutSlash
        case otherAudience, noAudience, noExpiry, idTokenType, idTokenClaims, logoutToken, noType, noise, fiveParts
    }

    private func flawed(_ flaw: Flaw, _ setting: Setting) throws -> String {
        let good = try setting.token()
        let parts = good.split(separator: ".").map(String.init)
        let now = Int(setting.now.seconds)
        return switch flaw {
        case .otherKey: try setting.token(by: SigningKey.generate(.es256, keyID: setting.key.keyID))
        case .unknownKeyID: try setting.token(by: SigningKey.generate(.es256))
        case .cutSignature: "\(parts[0]).\(parts[1])."
        case .changedPayload:
            "\(parts[0]).\(Base64URL.encode(JSONWriter.bytes(setting.claims("sub", "bob")))).\(parts[2])"
        case .none: "\(Base64URL.encode(Array("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".utf8))).\(parts[1])."
        case .expired: try setting.token(setting.claims("exp", .number(JSONNumber(now - 60))))
        case .notYetValid: try setting.token(setting.claims("nbf", .number(JSONNumber(now + 61))))
        case .otherIssuer: try setting.token(setting.claims("iss", "https://evil.example/"))
        case .issuerWithoutSlash: try setting.token(setting.claims("iss", "https://login.example"))
        case .otherAudience: try setting.token(setting.claims("aud", "https://other.example"))
        case .noAudience: try setting.token(setting.claims("aud", nil))
        case .noExpiry: try setting.token(setting.claims("exp", nil))
        case .idTokenType: try setting.token(type: "JWT")
        case .idTokenClaims: try setting.token(setting.claims("nonce", "n"))
        case .logoutToken: try setting.token(setting.claims("events", .object([:])), type: "logout+jwt")
        case .noType:
            try setting.key.signed(
                header: ["alg": "ES256"], payload: JSONWriter.bytes(setting.claims)
            ).exposedText
        case .noise: "abc"
        case .fiveParts: "a.b.c.d.e"
        }
    }

    // One response for all: it tells an attacker nothing about how far a token got.
    @Test(arguments: Flaw.allCases) func refusesFlawedTokensAllAlike(flaw: Flaw) async throws {
        let setting = try Setting()
        let refusal = try await setting.refusal(["Bearer " + flawed(flaw, setting)], requiring: "orders:read")
        #expect(refusal?.status == 401)
        #expect(field(refusal) == Self.invalidToken)
        guard case .invalidToken = refusal?.reason else {
            Issue.record("\(String(describing: refusal))")
            return
        }
    }

    // Auth0's access tokens have the header of an ID token, so that only audience and claims tell them apart.
    @Test func refusesAnIDTokenInAuth0sForm() async throws {
        let setting = try Setting(profile: .auth0)
        var idToken = setting.claims("aud", "web")
        idToken["nonce"] = "n"
        for claims in [idToken, setting.claims("aud", "web"), setting.claims("nonce", "n")] {
            let refusal = try await setting.refusal(["Bearer " + setting.token(claims, type: "JWT")])
            #expect(field(refusal) == Self.invalidToken)
        }
        var claims = setting.claims
        claims["azp"] = "web"
        let admitted = try await setting.authorize(["Bearer " + setting.token(claims, type: "JWT")])
        #expect(try admitted.get().clientID?.text == "web")
    }

    @Test(arguments: ["orders:write", "orders:read orders:write", "ORDERS:READ", "orders"])
    func namesTheScopeThatIsMissing(scope: String) async throws {
        let setting = try Setting()
        let refusal = try await setting.refusal(["Bearer " + setting.token()], requiring: scope)
        #expect(refusal?.status == 403)
        let challenge = try #require(field(refusal))
        #expect(challenge.contains("error=\"insufficient_scope\""))
        #expect(challenge.contains("scope=\"\(scope)\""))
        #expect(setting.gate.refusal(lacking: try Scope(scope)).fields == refusal?.fields)
    }

    @Test func aFlawedTokenIsNotToldWhichScopeItLacks() async throws {
        let setting = try Setting()
        let token = try flawed(.expired, setting)
        let refusal = try await setting.refusal(["Bearer " + token], requiring: "orders:write")
        #expect(field(refusal) == Self.invalidToken)
    }

    @Test func answers503WhileNoKeysCanBeHad() async throws {
        let setting = try Setting()
        let verifier = AccessTokenVerifier(
            keys: NoKeys(issuer: setting.issuer), algorithms: [.es256], audience: Setting.audience, profile: .rfc9068)
        let token = try setting.token()
        let outcome = await APIGuard(verifier: verifier).authorize(
            authorization: ["Bearer " + token], requiring: nil, at: setting.now)
        guard case .failure(let refusal) = outcome else {
            Issue.record("admitted without keys")
            return
        }
        #expect(refusal.status == 503)
        #expect(refusal.fields.onlyValue(named: "WWW-Authenticate") == nil)
        #expect(refusal.fields.onlyValue(named: "Retry-After") == "10")
        #expect(refusal.code == "keys_unavailable")
    }

    @Test func floodingWithUnknownKeysFetchesOncePerMinute() async throws {
        let setting = try Setting()
        let transport = KeySetTransport(body: JSONWriter.bytes(SigningKey.jwkSet([setting.key])))
        let now = setting.now
        let keys = RemoteJWKSet(
            try EndpointURL("https://login.example/jwks"), of: setting.issuer, transport: transport,
            clock: WallClock { now })
        let verifier = AccessTokenVerifier(
            keys: keys, algorithms: [.es256], audience: Setting.audience, profile: .rfc9068)
        let gate = APIGuard(verifier: verifier)
        let header: JSONObject = ["alg": "ES256", "typ": "at+jwt"]
        for number in 0..<100 {
            var named = header
            named["kid"] = .string("made-up-\(number)")
            let token = try setting.key.signed(header: named, payload: JSONWriter.bytes(setting.claims)).exposedText
            let outcome = await gate.authorize(authorization: ["Bearer " + token], requiring: nil, at: now)
            guard case .failure(let refusal) = outcome else {
                Issue.record("admitted under a key that is not published")
                return
            }
            #expect(refusal.status == 401)
        }
        // One for the first need, one for the first unknown `kid`.
        #expect(transport.fetches == 2)
        let good = try setting.token()
        #expect(
            try await gate.authorize(authorization: ["Bearer " + good], requiring: nil, at: now).get().subject.text
                == "alice")
        #expect(transport.fetches == 2)
    }

    @Test(arguments: Flaw.allCases) func noRefusalShowsTheToken(flaw: Flaw) async throws {
        let setting = try Setting()
        let token = try flawed(flaw, setting)
        let refusal = try #require(try await setting.refusal(["Bearer " + token]))
        var dumped = ""
        dump(refusal, to: &dumped)
        let shown = [dumped, "\(refusal)", refusal.code, String(reflecting: refusal)] + refusal.fields.map(\.value)
        for part in token.split(separator: ".") where part.utf8.count > 8 {
            for text in shown { #expect(!text.contains(part)) }
        }
        for text in shown { #expect(!text.contains("alice")) }
    }
}

private struct NoKeys: JWKSetSource {
    struct DownError: Error {}

    let issuer: Issuer
    let current = JWKSet.empty

    func refreshed(after hint: KeyHint, origin: TokenOrigin) async throws -> JWKSet { throw DownError() }
}

private final class KeySetTransport: HTTPTransport {
    private let body: [UInt8]
    private let count = Lock(0)

    init(body: [UInt8]) { self.body = body }

    var fetches: Int { count.withLock { $0 } }

    func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        count.withLock { $0 += 1 }
        let type = HeaderField("Content-Type", "application/json")
        return TransportResponse(status: 200, fields: [type].compactMap { $0 }, body: body)
    }
}
