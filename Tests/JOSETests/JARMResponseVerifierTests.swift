import JOSE
import OAuthTypes
import Testing
import WireFormats

@Suite struct JARMResponseVerifierTests {
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func verifier(leeway: ClockLeeway = 0) throws -> JARMResponseVerifier<LocalJWKSet> {
        JARMResponseVerifier(
            keys: try issuer.keys, algorithms: [.rs256], clientID: issuer.clientID, leeway: leeway)
    }

    private func response(
        _ changes: [String: JSONValue?] = [:], type: String = "JWT"
    ) throws -> RawJARMResponse {
        let standard: [String: JSONValue?] = [
            "nonce": .none, "sub": .none, "iat": .none, "code": "code-1", "state": "state-1",
        ]
        let claims = issuer.claims(standard.merging(changes) { $1 })
        return RawJARMResponse(try issuer.key.signed(type: type, claims: claims).exposedText)
    }

    private func refusal(_ response: RawJARMResponse, leeway: ClockLeeway = 0) throws -> String? {
        let verifier = try verifier(leeway: leeway)
        do throws(TokenValidationError) {
            _ = try verifier.verify(response, at: TestIssuer.now)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func handsOverTheCode() throws {
        let response = try verifier().verify(response(["session_state": "s"]), at: TestIssuer.now)
        #expect(response.issuer == issuer.issuer)
        #expect(response.state == "state-1")
        #expect(response.expiresAt.seconds == 1_760_000_300)
        #expect(response.string("session_state") == "s")
        #expect(response.parameters.count == 6)
        guard case .code(let code) = response.outcome else {
            Issue.record("no code")
            return
        }
        #expect(code.exposedText == "code-1")
        #expect(!"\(response)".contains("code-1") && !String(reflecting: response).contains("state-1"))
    }

    @Test func handsOverTheError() throws {
        let refused = try response(["code": .none, "error": "access_denied", "error_description": "no\u{1} way"])
        guard case .error(let error) = try verifier().verify(refused, at: TestIssuer.now).outcome else {
            Issue.record("no error")
            return
        }
        #expect(error == OAuthErrorResponse(error: "access_denied", errorDescription: "no way"))
    }

    /// A name is compared whole: `error_description` is longer than what a scanner holds of a name.
    @Test func takesNoLongerNameForTheErrorDescription() throws {
        let verifier = try verifier()
        func explanation(_ members: JSONObject) throws -> String? {
            var claims = issuer.claims(["nonce": .none, "sub": .none, "iat": .none, "error": "access_denied"])
            for (name, value) in members.members { claims[name] = value }
            let text = try issuer.key.signed(type: "JWT", claims: claims).exposedText
            let response = try verifier.verify(RawJARMResponse(text), at: TestIssuer.now)
            guard case .error(let error) = response.outcome else { return nil }
            return error.errorDescription
        }
        #expect(try explanation(["error_description_uri": "another"]) == nil)
        #expect(try explanation(["error_description_id": 5, "error_description": "this"]) == "this")
        #expect(try explanation(["error_descriptions_id": 5, "error_descripti": "another"]) == nil)
    }

    @Test(
        arguments: [
            ("wrong_iss", ["iss": "https://another.example"]), ("missing_iss", ["iss": .none]),
            ("wrong_aud", ["aud": "another"]), ("missing_aud", ["aud": .none]),
            ("wrong_aud", ["aud": ["client-123", "another"]]), ("missing_exp", ["exp": .none]),
            ("expired", ["exp": 1_760_000_000]), ("expires_too_late", ["exp": 1_760_086_401]),
            ("expires_too_late", ["exp": 253_402_300_799]), ("issued_in_future", ["iat": 1_760_000_001]),
            ("not_yet_valid", ["nbf": 1_760_000_001]), ("missing_code", ["code": .none]),
            ("malformed_code", ["code": ""]),
            ("malformed_code", ["code": 1]), ("conflict_code_error", ["error": "access_denied"]),
            ("malformed_error", ["code": .none, "error": ""]), ("malformed_state", ["state": ["state-1"]]),
            ("malformed_error_description", ["code": .none, "error": "e", "error_description": 1]),
            ("forbidden_sub", ["sub": "user-1"]), ("forbidden_nonce", ["nonce": "n-1"]),
            ("forbidden_at_hash", ["at_hash": "x"]), ("forbidden_c_hash", ["c_hash": "x"]),
            ("forbidden_s_hash", ["s_hash": "x"]), ("forbidden_events", ["events": .object([:])]),
        ] as [(String, [String: JSONValue?])])
    func refusesAndNamesTheClaim(_ code: String, _ changes: [String: JSONValue?]) throws {
        #expect(try refusal(response(changes)) == code)
    }

    @Test func allowsADayAndTheLeeway() throws {
        #expect(try refusal(response(["exp": 1_760_086_400])) == nil)
        #expect(try refusal(response(["exp": 1_760_086_460]), leeway: 60) == nil)
        #expect(try refusal(response(["exp": 1_760_086_461]), leeway: 60) == "expires_too_late")
    }

    @Test(arguments: [
        (1_760_000_600, 0, true), (1_760_000_601, 0, false), (1_760_000_660, 60, true), (1_760_003_600, 60, false),
    ])
    func moreThanTheTenMinutesThatAreRecommendedIsADeviation(_ end: Int, leeway: Int, isUsual: Bool) throws {
        let verifier = try verifier(leeway: leeway == 0 ? 0 : 60)
        let read = try verifier.verify(response(["exp": .number(JSONNumber(end))]), at: TestIssuer.now)
        let told = ProviderDeviation(.authorizationResponse, "exp", form: "more than ten minutes ahead")
        #expect(read.deviations == (isUsual ? [] : [told]))
    }

    @Test(arguments: ["at+jwt", "logout+jwt", "dpop+jwt", "client-authentication+jwt"])
    func refusesTheTypesOfOthers(_ type: String) throws {
        #expect(try refusal(response(type: type)) == "wrong_type")
    }

    @Test func refusesUnsignedResponses() throws {
        let signed = try response().exposedText
        let payload = signed.split(separator: ".")[1]
        let unsigned = Base64URL.encode(Array(#"{"alg":"none"}"#.utf8)) + ".\(payload)."
        #expect(try refusal(RawJARMResponse(unsigned)) == "algorithm_not_accepted")
        #expect(try refusal(RawJARMResponse(String(signed.dropLast(10)))) == "invalid_signature")
    }

    @Test func fetchesKeysAsForATokenFromOutside() async throws {
        let keys = RecordingKeys(issuer: issuer.issuer, later: try issuer.keys.current)
        let verifier = JARMResponseVerifier(keys: keys, algorithms: [.rs256], clientID: issuer.clientID)
        _ = try await verifier.verifyRefreshing(response(), at: TestIssuer.now)
        #expect(keys.origins == [.outside])
    }
}
