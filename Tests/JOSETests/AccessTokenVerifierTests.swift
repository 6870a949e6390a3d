import JOSE
import OAuthTypes
import Testing
import WireFormats

@Suite struct AccessTokenVerifierTests {
    static let api = "https://api.example"
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func verifier(_ profile: AccessTokenProfile) throws -> AccessTokenVerifier<LocalJWKSet> {
        AccessTokenVerifier(
            keys: try issuer.keys, algorithms: [.rs256], audience: Self.api, profile: profile,
            leeway: 0)
    }

    private func standardClaims(_ changes: [String: JSONValue?] = [:]) -> JSONObject {
        let standard: [String: JSONValue?] = [
            "aud": .string(Self.api), "nonce": .none, "client_id": "client-123", "jti": "t-1", "scope": "read write",
        ]
        return issuer.claims(standard.merging(changes) { $1 })
    }

    private func auth0Claims(_ changes: [String: JSONValue?] = [:]) -> JSONObject {
        let auth0: [String: JSONValue?] = [
            "aud": [.string(Self.api), "https://issuer.example/userinfo"], "nonce": .none, "azp": "client-123",
            "scope": "openid read", "permissions": ["read:all"],
        ]
        return issuer.claims(auth0.merging(changes) { $1 })
    }

    private func refusal(_ claims: JSONObject, type: String, profile: AccessTokenProfile) throws -> String? {
        let token = AccessToken(try issuer.key.signed(type: type, claims: claims).exposedText)
        do {
            _ = try verifier(profile).verify(token, at: TestIssuer.now)
            return nil
        } catch let error as TokenValidationError {
            return error.code
        }
    }

    @Test(arguments: ["at+jwt", "AT+JWT", "application/at+jwt"])
    func readsTheStandardForm(_ type: String) throws {
        let token = AccessToken(try issuer.key.signed(type: type, claims: standardClaims()).exposedText)
        let claims = try verifier(.rfc9068).verify(token, at: TestIssuer.now)
        #expect(claims.issuer == issuer.issuer)
        #expect(claims.subject.text == "user-1")
        #expect(claims.clientID?.text == "client-123")
        #expect(claims.scope.values == ["read", "write"])
        #expect(claims.permissions.isEmpty)
        #expect(claims.jwtID == "t-1")
        #expect(claims.audience == [Self.api])
        #expect(claims.expiresAt.seconds == 1_760_000_300)
    }

    @Test func readsAuth0sForm() throws {
        let token = AccessToken(try issuer.key.signed(type: "JWT", claims: auth0Claims()).exposedText)
        let claims = try verifier(.auth0).verify(token, at: TestIssuer.now)
        #expect(claims.clientID?.text == "client-123")
        #expect(claims.scope.values == ["openid", "read"])
        #expect(claims.permissions == ["read:all"])
        #expect(claims.audience.count == 2)
        #expect(try refusal(auth0Claims(["azp": .none, "scope": .none]), type: "JWT", profile: .auth0) == nil)
    }

    @Test(
        arguments: [
            ("wrong_iss", ["iss": "https://another.example"]), ("missing_iss", ["iss": .none]),
            ("wrong_aud", ["aud": "client-123"]), ("missing_aud", ["aud": .none]), ("missing_exp", ["exp": .none]),
            ("expired", ["exp": 1_760_000_000]), ("missing_iat", ["iat": .none]),
            ("not_yet_valid", ["nbf": 1_760_000_001]), ("missing_sub", ["sub": .none]),
            ("missing_client_id", ["client_id": .none]), ("missing_jti", ["jti": .none]),
            ("malformed_scope", ["scope": ["read"]]), ("malformed_scope", ["scope": "re\"ad"]),
        ] as [(String, [String: JSONValue?])])
    func refusesAndNamesTheClaim(_ code: String, _ changes: [String: JSONValue?]) throws {
        #expect(try refusal(standardClaims(changes), type: "at+jwt", profile: .rfc9068) == code)
    }

    @Test(
        arguments: [
            ("forbidden_nonce", ["nonce": "n-1"]), ("forbidden_at_hash", ["at_hash": "x"]),
            ("forbidden_c_hash", ["c_hash": "x"]),
            ("forbidden_events", ["events": .object([:])]), ("malformed_permissions", ["permissions": "all"]),
            ("malformed_azp", ["azp": 1]),
        ] as [(String, [String: JSONValue?])])
    func refusesIDTokensAndSecurityEventsInAuth0sForm(_ code: String, _ changes: [String: JSONValue?]) throws {
        #expect(try refusal(auth0Claims(changes), type: "JWT", profile: .auth0) == code)
    }

    @Test(arguments: ["JWT", "logout+jwt", "dpop+jwt", "jose"])
    func refusesOtherTypesInTheStandardForm(_ type: String) throws {
        #expect(try refusal(standardClaims(), type: type, profile: .rfc9068) == "wrong_type")
    }

    @Test(arguments: ["at+jwt", "logout+jwt", "dpop+jwt"])
    func refusesOtherTypesInAuth0sForm(_ type: String) throws {
        #expect(try refusal(auth0Claims(), type: type, profile: .auth0) == "wrong_type")
    }

    @Test func neverTakesAnAccessTokenForAnIDToken() throws {
        for (claims, type) in [(standardClaims(["aud": "client-123"]), "at+jwt"), (auth0Claims(), "JWT")] {
            let token = RawIDToken(try issuer.key.signed(type: type, claims: claims).exposedText)
            #expect(throws: TokenValidationError.self) {
                try issuer.verifier.verify(token, expecting: issuer.expectations(), at: TestIssuer.now)
            }
        }
    }
}
