import CryptoPrimitives
import JOSE
import OAuthTypes
import Testing
import WireFormats

@Suite struct IDTokenVerifierTests {
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    @Test func handsOverWhatTheTokenSays() throws {
        let raw = try issuer.idToken([
            "auth_time": 1_759_999_000, "sid": "s-1", "acr": "gold", "amr": ["pwd", "otp"], "name": "Zoë \u{1F600}",
        ])
        let token = try issuer.verifier.verify(raw, expecting: issuer.expectations(), at: TestIssuer.now)
        #expect(token.issuer == issuer.issuer)
        #expect(token.subject.text == "user-1")
        #expect(token.audience == ["client-123"])
        #expect(token.expiresAt.seconds == 1_760_000_300)
        #expect(token.issuedAt.seconds == 1_759_999_990)
        #expect(token.authTime?.seconds == 1_759_999_000)
        #expect(token.sessionID?.text == "s-1")
        #expect(token.acr == "gold")
        #expect(token.authenticationMethods == ["pwd", "otp"])
        #expect(token.nonce == "n-1")
        #expect(token.string("name") == "Zoë \u{1F600}")
        #expect(token["auth_time"] == 1_759_999_000)
        #expect(token.claims.count == 11)
        #expect(token.raw.exposedText == raw.exposedText)
    }

    @Test func takesNoTokenByTheKeysOfAnotherIssuer() async throws {
        let foreign = LocalJWKSet(try issuer.keys.current, of: try Issuer("https://other.example"))
        let verifier = IDTokenVerifier(keys: foreign, algorithms: [.rs256])
        let token = try issuer.idToken()
        #expect(issuer.refusal(of: token, by: verifier) == "keys_of_another_issuer")
        await #expect(throws: TokenValidationError.self) {
            try await verifier.verifyRefreshing(token, expecting: issuer.expectations(), at: TestIssuer.now)
        }
    }

    static let refused: [(String, [String: JSONValue?])] = [
        ("wrong_iss", ["iss": "https://issuer.example/"]),
        ("missing_iss", ["iss": .none]),
        ("malformed_iss", ["iss": ["https://issuer.example"]]),
        ("missing_sub", ["sub": .none]),
        ("malformed_sub", ["sub": .string(String(repeating: "a", count: 256))]),
        ("malformed_sub", ["sub": "na\u{EF}ve"]),
        ("missing_aud", ["aud": .none]),
        ("malformed_aud", ["aud": ["client-123", 1]]),
        ("forbidden_events", ["events": .object([:])]),
        ("wrong_aud", ["aud": []]),
        ("wrong_aud", ["aud": "client-12"]),
        ("wrong_aud", ["aud": ["client-123", "another"]]),
        ("wrong_aud", ["aud": ["client-123", "another"], "azp": "client-123"]),
        ("wrong_azp", ["azp": "another"]),
        ("missing_exp", ["exp": .none]),
        ("malformed_exp", ["exp": "1760000300"]),
        ("malformed_exp", ["exp": .number(253_402_300_800)]),
        ("expired", ["exp": 1_760_000_000]),
        ("missing_iat", ["iat": .none]),
        ("issued_in_future", ["iat": 1_760_000_001]),
        ("not_yet_valid", ["nbf": 1_760_000_001]),
        ("malformed_nbf", ["nbf": "1"]),
        ("missing_nonce", ["nonce": .none]),
        ("malformed_nonce", ["nonce": ""]),
        ("wrong_nonce", ["nonce": "n-2"]),
        ("malformed_sid", ["sid": 5]), ("malformed_sid", ["sid": ""]), ("forbidden_events", ["events": .null]),
        ("malformed_iss", ["iss": .null]), ("malformed_sub", ["sub": .null]), ("malformed_aud", ["aud": .null]),
        ("malformed_exp", ["exp": .null]), ("malformed_iat", ["iat": .null]), ("malformed_nonce", ["nonce": .null]),
    ]

    @Test(arguments: refused)
    func refusesAndNamesTheClaim(_ code: String, _ changes: [String: JSONValue?]) throws {
        #expect(try issuer.refusal(changes) == code)
    }

    static let accepted: [[String: JSONValue?]] = [
        [:], ["aud": ["client-123"]], ["azp": "client-123"], ["nbf": 1_760_000_000], ["exp": 1_760_000_001],
        ["sub": .string(String(repeating: "a", count: 255))], ["iat": 1_760_000_000],
        // The login did not request these: a provider that writes them wrongly fails no login.
        ["acr": 5], ["amr": "pwd"], ["acr": "0"], ["auth_time": "1759999000"], ["jti": true], ["amr": []],
        ["amr": ["pwd"]],
        ["amr": ["pwd", "otp, \"x\"", "\\", "]"]],
    ]

    @Test(arguments: accepted)
    func accepts(_ changes: [String: JSONValue?]) throws {
        #expect(try issuer.refusal(changes) == nil)
    }

    /// For every claim that any verifier reads, a member whose name goes on stands in front of it and says nonsense.
    @Test func takesNoLongerNameForAClaim() throws {
        let names = [
            "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "nonce", "azp", "auth_time", "acr", "amr", "at_hash",
            "c_hash", "s_hash", "sid", "client_id", "scope", "permissions", "events", "code", "error",
            "error_description", "state", "htm", "htu", "ath",
        ]
        var claims = JSONObject(names.map { ($0 + "_of_another_kind", .array([5])) })
        for (name, value) in issuer.claims(["acr": "a", "amr": ["pwd"]]).members { claims[name] = value }
        let raw = RawIDToken(try issuer.key.signed(type: "JWT", claims: claims).exposedText)
        let token = try issuer.verifier.verify(raw, expecting: issuer.expectations(), at: TestIssuer.now)
        #expect(token.subject.text == "user-1" && token.nonce == "n-1" && token.acr == "a")
        #expect(token.authenticationMethods == ["pwd"] && token.authTime == nil && token.sessionID == nil)
        for name in names where claims[name] == nil { #expect(token[name] == nil) }
    }

    @Test func acceptsAudiencesThatAreTrusted() throws {
        var expectations = issuer.expectations()
        expectations.trustedAudiences = ["another"]
        #expect(try issuer.refusal(["aud": ["client-123", "another"]], expecting: expectations) == nil)
        #expect(try issuer.refusal(["aud": ["another"]], expecting: expectations) == "wrong_aud")
        #expect(try issuer.refusal(["aud": ["client-123", "third"]], expecting: expectations) == "wrong_aud")
    }

    @Test func allowsTheClocksToDifferByTheLeeway() throws {
        var expectations = issuer.expectations()
        expectations.leeway = 60
        #expect(try issuer.refusal(["exp": 1_759_999_941], expecting: expectations) == nil)
        #expect(try issuer.refusal(["exp": 1_759_999_940], expecting: expectations) == "expired")
        #expect(try issuer.refusal(["iat": 1_760_000_060], expecting: expectations) == nil)
        #expect(try issuer.refusal(["iat": 1_760_000_061], expecting: expectations) == "issued_in_future")
        #expect(try issuer.refusal(["nbf": 1_760_000_061], expecting: expectations) == "not_yet_valid")
    }

    @Test func holdsTheLeewayWithinTwoMinutes() {
        #expect(ClockLeeway(seconds: .max).seconds == 120)
        #expect(ClockLeeway(seconds: .min).seconds == 0)
    }

    @Test(arguments: [UnixTime.distantPast, .distantFuture])
    func survivesAnyClock(_ now: UnixTime) throws {
        let verifier = try issuer.verifier
        let token = try issuer.idToken()
        #expect(throws: TokenValidationError.self) {
            try verifier.verify(token, expecting: issuer.expectations(maxAge: .max), at: now)
        }
    }

    @Test(
        arguments: [
            (nil, "missing_auth_time"), (1_759_999_939, "authentication_time"), (1_759_999_940, nil),
            (1_760_000_001, "authentication_time"),
        ] as [(Int?, String?)])
    func requiresAuthenticationToBeAsRecentAsAsked(_ authTime: Int?, _ code: String?) throws {
        let changes: [String: JSONValue?] = ["auth_time": authTime.map { .number(JSONNumber($0)) }]
        #expect(try issuer.refusal(changes, expecting: issuer.expectations(maxAge: 60)) == code)
    }

    @Test func requiresOneOfTheContextClassesAskedFor() throws {
        let expectations = issuer.expectations(acceptedACRs: ["silver", "gold"])
        #expect(try issuer.refusal(["acr": "gold"], expecting: expectations) == nil)
        #expect(try issuer.refusal(["acr": "bronze"], expecting: expectations) == "wrong_acr")
        #expect(try issuer.refusal([:], expecting: expectations) == "missing_acr")
    }

    @Test func comparesHashesOfTokenAndCodeWhenTheyAreThere() throws {
        let accessToken = AccessToken("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y")
        let code = AuthorizationCode("Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk")
        let expectations = issuer.expectations(accessToken: accessToken, code: code)
        // Both hashes are printed in OpenID Connect Core appendix A.
        #expect(try issuer.refusal(["at_hash": "77QmUPtjPfzWtF2AnpK9RQ"], expecting: expectations) == nil)
        #expect(try issuer.refusal(["c_hash": "LDktKdoQak3Pk0cnXxCltA"], expecting: expectations) == nil)
        #expect(try issuer.refusal(["at_hash": "LDktKdoQak3Pk0cnXxCltA"], expecting: expectations) == "wrong_at_hash")
        #expect(try issuer.refusal(["c_hash": "77QmUPtjPfzWtF2AnpK9RQ"], expecting: expectations) == "wrong_c_hash")
        #expect(try issuer.refusal(["at_hash": 1], expecting: expectations) == "malformed_at_hash")
    }

    @Test(arguments: [(IDTokenExpectations.EdDSAHash.sha512, SHA2.Size.bits512), (.sha256, .bits256)])
    func hashesUnderEdDSAAsConfigured(_ hash: IDTokenExpectations.EdDSAHash, _ size: SHA2.Size) throws {
        let key = try SigningKey.generate(.edDSA)
        let half = try SHA2.hash(Array("at-1".utf8), size: size).prefix(size.byteCount / 2)
        let claims = issuer.claims(["at_hash": .string(Base64URL.encode(half))])
        let token = RawIDToken(try key.signed(type: "JWT", claims: claims).exposedText)
        let keys = LocalJWKSet(try JWKSet(jwks: SigningKey.jwkSet([key])), of: issuer.issuer)
        var expectations = issuer.expectations(accessToken: AccessToken("at-1"))
        expectations.edDSAHash = hash
        let verifier = IDTokenVerifier(keys: keys, algorithms: [.edDSA])
        #expect(throws: Never.self) { try verifier.verify(token, expecting: expectations, at: TestIssuer.now) }
        expectations.edDSAHash = hash == .sha512 ? .sha256 : .sha512
        #expect(throws: TokenValidationError.self) {
            try verifier.verify(token, expecting: expectations, at: TestIssuer.now)
        }
    }

    @Test(arguments: ["at+jwt", "application/at+jwt", "logout+jwt", "dpop+jwt", "secevent+jwt", "JOSE", ""])
    func refusesOtherKindsOfTokenByType(_ type: String) throws {
        let token = try issuer.idToken(type: type)
        let error = #expect(throws: TokenValidationError.self) {
            try issuer.verifier.verify(token, expecting: issuer.expectations(), at: TestIssuer.now)
        }
        #expect(error?.code == "wrong_type")
    }

    @Test func saysNothingOfTheTokenWhenPrinted() throws {
        let raw = try issuer.idToken(["email": "zoe@private.example"])
        let token = try issuer.verifier.verify(raw, expecting: issuer.expectations(), at: TestIssuer.now)
        var dumped = ""
        dump(token, to: &dumped)
        for text in ["\(token)", String(reflecting: token), dumped] {
            #expect(!text.contains("zoe") && !text.contains("user-1") && !text.contains(raw.exposedText.prefix(20)))
        }
    }
}
