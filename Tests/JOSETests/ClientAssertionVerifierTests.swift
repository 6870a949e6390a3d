import JOSE
import OAuthTypes
import Testing
import WireFormats

@Suite struct ClientAssertionVerifierTests {
    static let server = "https://issuer.example"
    static let tokenEndpoint = "https://issuer.example/token"
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func assertion(
        _ changes: [String: JSONValue?] = [:], type: String = "client-authentication+jwt", by key: SigningKey? = nil
    ) throws -> RawClientAssertion {
        let standard: [String: JSONValue?] = [
            "iss": "client-123", "sub": "client-123", "aud": .string(Self.server), "exp": 1_760_000_060, "nonce": .none,
            "jti": "a-1",
        ]
        let claims = issuer.claims(standard.merging(changes) { $1 })
        return RawClientAssertion(try (key ?? issuer.key).signed(type: type, claims: claims).exposedText)
    }

    private func verify(
        _ assertion: RawClientAssertion, leeway: ClockLeeway = 0, lifetime: Duration = .seconds(300)
    ) throws -> VerifiedClientAssertion {
        let verifier = ClientAssertionVerifier(
            algorithms: [.rs256], audiences: [Self.server, Self.tokenEndpoint], lifetime: lifetime, leeway: leeway)
        return try verifier.verify(
            assertion, of: issuer.clientID, keys: issuer.keys.current, at: TestIssuer.now)
    }

    private func refusal(
        _ assertion: RawClientAssertion, leeway: ClockLeeway = 0, lifetime: Duration = .seconds(300)
    ) throws -> String? {
        do {
            _ = try verify(assertion, leeway: leeway, lifetime: lifetime)
            return nil
        } catch let error as TokenValidationError {
            return error.code
        }
    }

    @Test(arguments: ["client-authentication+jwt", "JWT", "application/jwt"])
    func saysWhichClientMadeIt(_ type: String) throws {
        let client = try verify(assertion(type: type), leeway: 60)
        #expect(client.clientID == issuer.clientID)
        #expect(client.jwtID == "a-1")
        #expect(client.expiresAt.seconds == 1_760_000_060)
        #expect(client.acceptableUntil.seconds == 1_760_000_120)
    }

    @Test(
        arguments: [
            ["iat": .none], ["aud": .string(tokenEndpoint)], ["aud": [.string(server)]],
            ["aud": [.string(server), .string(tokenEndpoint)]], ["exp": 1_760_000_300],
            ["jti": .string(String(repeating: "j", count: 256))],
        ] as [[String: JSONValue?]])
    func takesWhatTheStandardLeavesOpen(_ changes: [String: JSONValue?]) throws {
        #expect(try refusal(assertion(changes)) == nil)
    }

    @Test(
        arguments: [
            ("wrong_iss", ["iss": "client-124"]), ("missing_iss", ["iss": .none]), ("wrong_sub", ["sub": "user-1"]),
            ("missing_sub", ["sub": .none]), ("malformed_sub", ["sub": ["client-123"]]),
            ("missing_aud", ["aud": .none]), ("wrong_aud", ["aud": []]),
            ("wrong_aud", ["aud": "https://another.example"]),
            ("wrong_aud", ["aud": [.string(server), "https://another.example"]]),
            ("malformed_aud", ["aud": [.string(server), 1]]), ("missing_exp", ["exp": .none]),
            ("expired", ["exp": 1_760_000_000]), ("expires_too_late", ["exp": 1_760_000_301]),
            ("expires_too_late", ["exp": 253_402_300_799]), ("issued_in_future", ["iat": 1_760_000_001]),
            ("not_yet_valid", ["nbf": 1_760_000_001]), ("missing_jti", ["jti": .none]), ("malformed_jti", ["jti": ""]),
            ("malformed_jti", ["jti": .string(String(repeating: "j", count: 257))]),
            ("forbidden_nonce", ["nonce": "n-1"]), ("forbidden_at_hash", ["at_hash": "x"]),
            ("forbidden_c_hash", ["c_hash": "x"]), ("forbidden_events", ["events": .object([:])]),
        ] as [(String, [String: JSONValue?])])
    func refusesAndNamesTheClaim(_ code: String, _ changes: [String: JSONValue?]) throws {
        #expect(try refusal(assertion(changes)) == code)
    }

    @Test(arguments: ["at+jwt", "logout+jwt", "dpop+jwt", "oauth-authz-req+jwt"])
    func refusesTheTypesOfOthers(_ type: String) throws {
        #expect(try refusal(assertion(type: type)) == "wrong_type")
    }

    @Test func refusesAnotherClientsKey() throws {
        #expect(try refusal(assertion(by: issuer.otherKey)) == "unknown_key")
    }

    @Test(arguments: [(Int64.min, Int64(1)), (0, 1), (3_600, 3_600), (.max, 3_600)])
    func boundsTheLifetimeItself(_ configured: Int64, _ effective: Int64) throws {
        let last = 1_760_000_000 + Int(effective)
        #expect(try refusal(assertion(["exp": .number(JSONNumber(last))]), lifetime: .seconds(configured)) == nil)
        #expect(
            try refusal(assertion(["exp": .number(JSONNumber(last + 1))]), lifetime: .seconds(configured))
                == "expires_too_late")
    }

    @Test func looksUpTheClientBeforeAnythingIsVerified() throws {
        let forged = try assertion(["iss": "client-9"], by: issuer.otherKey)
        #expect(UnverifiedClientAssertion(forged)?.issuer.text == "client-9")
    }

    @Test(arguments: ["", ".", "..", "a.b.c", "e30.e30.", "e30.W10.", "e30.eyJpc3MiOjF9.", "e30.eyJpc3MiOiIifQ."])
    func findsNoClientInOtherTexts(_ text: String) {
        #expect(UnverifiedClientAssertion(RawClientAssertion(text)) == nil)
    }

    @Test func looksIntoNoTextAboveTheLimit() throws {
        let limits = TokenLimits(tokenOctets: 100)
        #expect(UnverifiedClientAssertion(try assertion(), limits: limits) == nil)
    }
}
