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
        #expect(try issuer.refusal([:], expectations()) == nil)
        #expect(try issuer.refusal(["nonce": .none], expectations()) == nil)
        #expect(try issuer.refusal(["nonce": .none], expectations(nonce: nil)) == nil)
    }

    @Test(
        arguments: [
            ("wrong_iss", ["iss": "https://another.example"]), ("wrong_sub", ["sub": "user-2"]),
            ("wrong_aud", ["aud": "another"]),
            ("wrong_nonce", ["nonce": "n-2"]), ("wrong_auth_time", ["auth_time": 1_759_999_002]),
            ("expired", ["exp": 1]),
        ] as [(String, [String: JSONValue?])])
    func refusesWhatChanged(_ code: String, _ changes: [String: JSONValue?]) throws {
        let expectations = try expectations(authTime: UnixTime(seconds: 1_759_999_001))
        #expect(try issuer.refusal(changes, expectations) == code)
    }

    @Test func refusesANonceWhereTheLoginHadNone() throws {
        #expect(try issuer.refusal([:], expectations(nonce: nil)) == "wrong_nonce")
    }
}
