import CryptoPrimitives
import JOSE
import OAuthTypes
import Testing
import WireFormats

/// Which deviations from the standard are accepted, and their limits.
@Suite struct IDTokenDeviationTests {
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func refresh(authTime: UnixTime? = nil) throws -> IDTokenExpectations {
        IDTokenExpectations(
            refreshOf: try SubjectID("user-1"), issuer: issuer.issuer, clientID: issuer.clientID, nonce: "n-1",
            authTime: authTime, accessToken: AccessToken("a"))
    }

    private func login() -> IDTokenExpectations {
        issuer.expectations(accessToken: AccessToken("a"), code: AuthorizationCode("c"))
    }

    private func verified(
        _ changes: [String: JSONValue?], expecting expectations: IDTokenExpectations
    ) throws -> IDToken {
        try issuer.verifier.verify(issuer.idToken(changes), expecting: expectations, at: TestIssuer.now)
    }

    @Test func notesNothingInAnOrdinaryToken() throws {
        let changes: [String: JSONValue?] = [
            "azp": "client-123", "acr": "gold", "amr": ["pwd", "ot\"p\\"], "auth_time": 1_759_999_000, "nbf": 1,
            "sid": "s", "jti": "j",
        ]
        #expect(try verified(changes, expecting: login()).deviations.isEmpty)
        #expect(try verified(changes, expecting: refresh()).deviations.isEmpty)
        #expect(try verified(["amr": []], expecting: login()).deviations.isEmpty)
        #expect(try verified([:], expecting: login()).deviations.isEmpty)
    }

    @Test(arguments: ["azp", "acr", "amr", "auth_time", "nbf", "sid", "at_hash", "c_hash", "jti"])
    func takesNullForAbsentInALogin(_ name: String) throws {
        let token = try verified([name: .null], expecting: login())
        #expect(token.deviations.map(\.description) == ["id_token \(name): null, read as absent"])
        #expect(token.authTime == nil && token.sessionID == nil && token.acr == nil)
        #expect(token.authenticationMethods.isEmpty)
    }

    @Test(arguments: ["azp", "acr", "amr", "auth_time", "nbf", "sid", "at_hash", "jti", "nonce"])
    func takesNullForAbsentInARefresh(_ name: String) throws {
        let token = try verified([name: .null], expecting: refresh(authTime: UnixTime(seconds: 1)))
        #expect(token.deviations.map(\.member) == [name])
        #expect(token.nonce == (name == "nonce" ? nil : "n-1"))
    }

    @Test func takesNullForAbsentWhereAbsentIsRefused() throws {
        #expect(
            try issuer.refusal(["auth_time": .null], expecting: issuer.expectations(maxAge: 60)) == "missing_auth_time")
        #expect(
            try issuer.refusal(["acr": .null], expecting: issuer.expectations(acceptedACRs: ["gold"])) == "missing_acr")
    }

    @Test(
        arguments: [
            ("auth_time", "yesterday"), ("auth_time", ["1"]), ("auth_time", -1), ("auth_time", true), ("acr", 1),
            ("acr", ["gold"]), ("amr", 5), ("amr", ["pwd", 1]), ("amr", [["pwd"]]), ("amr", [""]), ("amr", ""),
            ("amr", .object(["a": "b"])), ("jti", 5),
        ] as [(String, JSONValue)])
    func readsAMalformedClaimThatNobodyAskedForAsAbsent(_ name: String, _ value: JSONValue) throws {
        for expectations in [login(), try refresh()] {
            let token = try verified([name: value], expecting: expectations)
            #expect(token.deviations.map(\.description) == ["id_token \(name): malformed, read as absent"])
            #expect(token.authTime == nil && token.acr == nil && token.authenticationMethods.isEmpty)
        }
    }

    @Test func refusesAMalformedClaimThatTheLoginGoesBy() throws {
        #expect(
            try issuer.refusal(["auth_time": "1"], expecting: issuer.expectations(maxAge: 60)) == "malformed_auth_time")
        #expect(
            try issuer.refusal(["acr": 1], expecting: issuer.expectations(acceptedACRs: ["gold"])) == "malformed_acr")
        #expect(
            try issuer.refusal(["auth_time": "1"], expecting: refresh(authTime: UnixTime(seconds: 1)))
                == "malformed_auth_time")
        #expect(try issuer.refusal(["at_hash": ["x"]], expecting: login()) == "malformed_at_hash")
        // A logout by session would miss the session.
        for sid in [5, "", ["s"], true] as [JSONValue] { #expect(try issuer.refusal(["sid": sid]) == "malformed_sid") }
    }

    @Test func readsOneTextAsTheOnlyAuthenticationMethod() throws {
        let token = try verified(["amr": "mfa"], expecting: login())
        #expect(token.authenticationMethods == ["mfa"])
        #expect(token.deviations.map(\.description) == ["id_token amr: a text, read as an array of it"])
    }

    /// The nonce is required, except with the named deviation for providers that write none at all.
    @Test func takesATokenWithoutItsNonceOnlyWhereTheSettingsNameIt() throws {
        #expect(try issuer.refusal(["nonce": .none], expecting: login()) == "missing_nonce")
        var expectations = issuer.expectations(maxAge: 60)
        expectations.acceptsMissingNonce = true
        let token = try verified(["nonce": .none, "auth_time": 1_760_000_000], expecting: expectations)
        #expect(token.deviations.map(\.description) == ["id_token nonce: missing, which the settings accept"])
        #expect(try issuer.refusal(["nonce": .none], expecting: expectations) == "missing_auth_time")
        for (nonce, code) in [("n-2", "wrong"), ("", "malformed"), (.null, "malformed"), (["n-1"], "malformed")]
            as [(JSONValue, String)]
        {
            #expect(try issuer.refusal(["nonce": nonce], expecting: expectations) == "\(code)_nonce")
        }
        #expect(try verified(["auth_time": 1_760_000_000], expecting: expectations).deviations.isEmpty)
    }

    @Test(arguments: ["iss", "sub", "aud", "exp", "iat", "nonce"])
    func takesNullForNothingThatHasToBeThere(_ name: String) throws {
        #expect(try issuer.refusal([name: .null]) == "malformed_\(name)")
    }

    @Test(arguments: [.null, .object([:]), .object(["x": .object([:])]), "", 0] as [JSONValue])
    func refusesEventsWhateverTheyHold(_ events: JSONValue) throws {
        #expect(try issuer.refusal(["events": events]) == "forbidden_events")
        #expect(try issuer.refusal(["events": events, "nonce": .none], expecting: refresh()) == "forbidden_events")
    }

    @Test func notesAudiencesThatTheSettingsTrust() throws {
        var expectations = login()
        expectations.trustedAudiences = ["project", "other-client"]
        let token = try verified(
            ["aud": ["project", "client-123", "other-client"], "azp": "client-123"], expecting: expectations)
        #expect(token.deviations.map(\.description) == ["id_token aud: additional audiences, which the settings trust"])
        #expect(try verified(["aud": ["client-123", "client-123"]], expecting: expectations).deviations.isEmpty)
        #expect(try issuer.refusal(["aud": ["client-123", "third"]], expecting: expectations) == "wrong_aud")
        #expect(
            try issuer.refusal(["aud": ["client-123", "project"], "azp": "project"], expecting: expectations)
                == "wrong_azp")
    }

    @Test func notesTheOtherHashUnderEdDSA() throws {
        let key = try SigningKey.generate(.edDSA)
        let half = SHA2.sha256(Array("a".utf8)).prefix(16)
        let claims = issuer.claims(["at_hash": .string(Base64URL.encode(half))])
        let token = RawIDToken(try key.signed(type: "JWT", claims: claims).exposedText)
        let keys = LocalJWKSet(try JWKSet(jwks: SigningKey.jwkSet([key])), of: issuer.issuer)
        let verifier = IDTokenVerifier(keys: keys, algorithms: [.edDSA])
        var expectations = issuer.expectations(accessToken: AccessToken("a"))
        expectations.edDSAHash = .sha256
        let user = try verifier.verify(token, expecting: expectations, at: TestIssuer.now)
        #expect(user.deviations.map(\.member) == ["at_hash"])
    }
}
