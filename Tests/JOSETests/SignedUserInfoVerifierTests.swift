import JOSE
import OAuthTypes
import Testing
import WireFormats

@Suite struct SignedUserInfoVerifierTests {
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func verifier(_ profile: UserInfoProfile = .core) throws -> SignedUserInfoVerifier<LocalJWKSet> {
        SignedUserInfoVerifier(
            keys: try issuer.keys, algorithms: [.rs256], clientID: issuer.clientID, profile: profile, leeway: 0)
    }

    private func response(_ changes: [String: JSONValue?] = [:], type: String = "JWT") throws -> RawSignedUserInfo {
        let standard: [String: JSONValue?] = [
            "nonce": .none, "exp": .none, "iat": .none, "email": "user@issuer.example",
        ]
        let claims = issuer.claims(standard.merging(changes) { $1 })
        return RawSignedUserInfo(try issuer.key.signed(type: type, claims: claims).exposedText)
    }

    private func refusal(
        _ response: RawSignedUserInfo, by verifier: SignedUserInfoVerifier<LocalJWKSet>
    ) throws -> String? {
        let subject = try SubjectID("user-1")
        do throws(TokenValidationError) {
            _ = try verifier.verify(response, of: subject, at: TestIssuer.now)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func handsOverTheClaims() throws {
        let info = try verifier().verify(
            response(["iat": 1_760_000_000]), of: SubjectID("user-1"), at: TestIssuer.now)
        #expect(info.issuer == issuer.issuer)
        #expect(info.subject.text == "user-1")
        #expect(info.string("email") == "user@issuer.example")
        #expect(info["email"] == "user@issuer.example")
        #expect(info.issuedAt == TestIssuer.now)
        #expect(info.expiresAt == nil)
        #expect(info.claims.count == 5)
        #expect(!"\(info)".contains("user"))
    }

    @Test(
        arguments: [
            ("wrong_iss", ["iss": "https://another.example"]), ("missing_iss", ["iss": .none]),
            ("wrong_aud", ["aud": "another"]), ("missing_aud", ["aud": .none]),
            ("wrong_aud", ["aud": ["client-123", "another"]]), ("wrong_sub", ["sub": "user-2"]),
            ("wrong_sub", ["sub": "USER-1"]), ("missing_sub", ["sub": .none]), ("malformed_sub", ["sub": ["user-1"]]),
            ("forbidden_exp", ["exp": 1_760_000_300]), ("issued_in_future", ["iat": 1_760_000_001]),
            ("malformed_iat", ["iat": "1760000000"]), ("not_yet_valid", ["nbf": 1_760_000_001]),
            ("forbidden_nonce", ["nonce": "n-1"]), ("forbidden_at_hash", ["at_hash": "x"]),
            ("forbidden_c_hash", ["c_hash": "x"]), ("forbidden_s_hash", ["s_hash": "x"]),
            ("forbidden_events", ["events": .object([:])]),
        ] as [(String, [String: JSONValue?])])
    func refusesAndNamesTheClaim(_ code: String, _ changes: [String: JSONValue?]) throws {
        #expect(try refusal(response(changes), by: try verifier()) == code)
    }

    @Test(arguments: ["at+jwt", "logout+jwt", "dpop+jwt", "client-authentication+jwt"])
    func refusesTheTypesOfOthers(_ type: String) throws {
        #expect(try refusal(response(type: type), by: try verifier()) == "wrong_type")
    }

    @Test func requiresTheEndWhereTheIssuerWritesOne() throws {
        let verifier = try verifier(.expiring)
        #expect(try refusal(response(["exp": 1_760_000_001]), by: verifier) == nil)
        #expect(try refusal(response(["exp": 1_760_000_000]), by: verifier) == "expired")
        #expect(try refusal(response(), by: verifier) == "missing_exp")
        #expect(try refusal(response(["exp": 1_760_000_001, "nonce": "n-1"]), by: verifier) == "forbidden_nonce")
    }

    @Test func takesTrustedAudiencesBesideTheClient() throws {
        var verifier = try verifier()
        verifier.trustedAudiences = ["another"]
        #expect(try refusal(response(["aud": ["another", "client-123"]]), by: verifier) == nil)
    }

    @Test func fetchesKeysAtOnce() async throws {
        let keys = RecordingKeys(issuer: issuer.issuer, later: try issuer.keys.current)
        let verifier = SignedUserInfoVerifier(
            keys: keys, algorithms: [.rs256], clientID: issuer.clientID, profile: .core)
        _ = try await verifier.verifyRefreshing(response(), of: SubjectID("user-1"), at: TestIssuer.now)
        #expect(keys.origins == [.tokenEndpoint])
    }

    @Test func takesNoIDToken() throws {
        for changes in [[:], ["nonce": .none]] as [[String: JSONValue?]] {
            let token = RawSignedUserInfo(try issuer.idToken(changes).exposedText)
            #expect(try refusal(token, by: try verifier()) != nil)
        }
    }
}
