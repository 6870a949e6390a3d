import JOSE
import OAuthTypes
import Testing
import WireFormats

/// OpenID Connect Core §12.2, and the modules oidcc-client-test-refresh-token, …-invalid-issuer and …-invalid-sub.
@Suite struct RefreshedIDTokenTests {
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func expectations(nonce: String? = "n-1", authTime: UnixTime? = nil) throws -> IDTokenExpectations {
        IDTokenExpectations(
            refreshOf: try SubjectID("user-1"), issuer: issuer.issuer, clientID: issuer.clientID, nonce: nonce,
            authTime: authTime, accessToken: nil)
    }

    @Test func acceptsTheSameUserWithAndWithoutNonce() throws {
        #expect(try issuer.refusal([:], expecting: expectations()) == nil)
        #expect(try issuer.refusal(["nonce": .none], expecting: expectations()) == nil)
        #expect(try issuer.refusal(["nonce": .none], expecting: expectations(nonce: nil)) == nil)
    }

    @Test(
        arguments: [
            ("wrong_iss", ["iss": "https://another.example"]), ("subject_changed", ["sub": "user-2"]),
            ("wrong_aud", ["aud": "another"]),
            ("wrong_nonce", ["nonce": "n-2"]), ("auth_time_changed", ["auth_time": 1_759_999_002]),
            ("expired", ["exp": 1]),
        ] as [(String, [String: JSONValue?])])
    func refusesWhatChanged(_ code: String, _ changes: [String: JSONValue?]) throws {
        let expectations = try expectations(authTime: UnixTime(seconds: 1_759_999_001))
        #expect(try issuer.refusal(changes, expecting: expectations) == code)
    }

    @Test func refusesANonceWhereTheLoginHadNone() throws {
        #expect(try issuer.refusal([:], expecting: expectations(nonce: nil)) == "wrong_nonce")
    }

    private func refusal(
        _ changes: [String: JSONValue?], _ change: (inout IDTokenExpectations) -> Void = { _ in }
    ) throws -> ClaimError? {
        var expectations = try expectations(authTime: UnixTime(seconds: 1_759_999_000))
        change(&expectations)
        do {
            _ = try issuer.verifier.verify(issuer.idToken(changes), expecting: expectations, at: TestIssuer.now)
            return nil
        } catch let error as TokenValidationError {
            guard case .claim(let reason) = error.reason else { throw error }
            return reason
        }
    }

    @Test func namesASwappedUserAsSuch() throws {
        #expect(try refusal(["sub": "user-2"]) == .subjectChanged)
        #expect(try refusal(["sub": "user-10"]) == .subjectChanged)
        #expect(!"\(ClaimError.subjectChanged)".contains("user-"))
    }

    @Test func namesANewAuthenticationAsSuch() throws {
        let (old, new) = (UnixTime(seconds: 1_759_999_000), UnixTime(seconds: 1_759_999_035))
        let expected = ClaimError.authTimeChanged(expected: old, found: new)
        #expect(try refusal(["auth_time": 1_759_999_035]) == expected)
        #expect("\(expected)" == "the refreshed token's auth_time is 1759999035, that of the login was 1759999000")
    }

    @Test(
        arguments: [
            (1_759_999_000, nil), (1_759_999_001, nil), (1_760_000_060, nil), (1_760_000_061, "auth_time_changed"),
            (1_759_998_999, "auth_time_changed"), (0, "auth_time_changed"),
        ] as [(Int, String?)])
    func acceptsANewerAuthenticationWhereTheSettingsNameIt(_ authTime: Int, _ code: String?) throws {
        let changes: [String: JSONValue?] = ["auth_time": .number(JSONNumber(authTime))]
        #expect(try refusal(changes) { $0.refreshedAuthTime = .acceptingNewAuthTime }?.code == code)
        #expect(try refusal(changes)?.code == (authTime == 1_759_999_000 ? nil : "auth_time_changed"))
    }

    @Test func notesANewerAuthentication() throws {
        var expectations = try expectations(authTime: UnixTime(seconds: 1))
        expectations.refreshedAuthTime = .acceptingNewAuthTime
        let token = try issuer.verifier.verify(
            issuer.idToken(["auth_time": 2]), expecting: expectations, at: TestIssuer.now)
        #expect(
            token.deviations.map(\.description) == [
                "id_token auth_time: later than that of the login, which the settings accept"
            ])
        expectations.refreshedAuthTime = .unchanged
        let absent = try issuer.verifier.verify(issuer.idToken(), expecting: expectations, at: TestIssuer.now)
        #expect(absent.deviations.isEmpty)
    }
}
