import JOSE
import OAuthTypes
import Testing
import WireFormats

/// An unknown type is accepted only directly from the token endpoint, and only for ID tokens.
@Suite struct HeaderTypeTests {
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func refusal(_ type: String, from origin: TokenOrigin) throws -> String? {
        let (verifier, token) = (try issuer.verifier, try issuer.idToken(type: type))
        do {
            _ = try verifier.verify(
                token, expecting: issuer.expectations(), from: origin, at: TestIssuer.now)
            return nil
        } catch { return error.code }
    }

    @Test(arguments: ["ID+JWT", "id_token", "", "application/whatever", "Pocket \u{1F600}"])
    func takesUnknownTypesStraightFromTheTokenEndpointOnly(_ type: String) async throws {
        let token = try issuer.idToken(type: type)
        let verifier = try issuer.verifier
        let user = try await verifier.verifyRefreshing(token, expecting: issuer.expectations(), at: TestIssuer.now)
        #expect(user.deviations.map(\.description) == ["id_token typ: an unknown type, read as JWT"])
        #expect(try refusal(type, from: .tokenEndpoint) == nil)
        #expect(try refusal(type, from: .outside) == "wrong_type")
    }

    /// RFC 8725 §3.11.
    @Test(arguments: [
        "at+jwt", "AT+JWT", "application/at+jwt", "logout+jwt", "secevent+jwt", "dpop+jwt", "oauth-authz-req+jwt",
        "client-authentication+jwt", "token-introspection+jwt", "kb+jwt", "dc+sd-jwt", "vc+sd-jwt", "JOSE", "JOSE+JSON",
        "passport", "entity-statement+jwt", "Application/OpenID4VCI-Proof+JWT", "oauth-client-attestation-pop+jwt",
    ])
    func refusesTheTypesOfOtherTokensWhereverTheyComeFrom(_ type: String) throws {
        for origin in [TokenOrigin.tokenEndpoint, .outside] {
            #expect(try refusal(type, from: origin) == "wrong_type")
        }
    }

    @Test func takesNoOtherKindOfTokenOfAnUnknownType() async throws {
        let claims = issuer.claims(["nonce": .none, "jti": "j", "client_id": "client-123"])
        let token = AccessToken(try issuer.key.signed(type: "ID+JWT", claims: claims).exposedText)
        for profile in [AccessTokenProfile.rfc9068, .auth0] {
            let verifier = AccessTokenVerifier(
                keys: try issuer.keys, algorithms: [.rs256], audience: "client-123", profile: profile)
            let error = await #expect(throws: TokenValidationError.self) {
                try await verifier.verifyRefreshing(token, at: TestIssuer.now)
            }
            #expect(error?.code == "wrong_type")
        }
        let info = SignedUserInfoVerifier(
            keys: try issuer.keys, algorithms: [.rs256], clientID: issuer.clientID, profile: .expiring)
        let error = await #expect(throws: TokenValidationError.self) {
            try await info.verifyRefreshing(
                RawSignedUserInfo(token.exposedText), of: SubjectID("user-1"), at: TestIssuer.now)
        }
        #expect(error?.code == "wrong_type")
    }

    @Test func takesUnknownTypesUnderTheClientSecretToo() async throws {
        let secret = ClientSecret("a secret of at least thirty-two octets")
        let signer = try ClientSecretSigner(secret: secret, algorithm: .hs256)
        let token = RawIDToken(try signer.signed(type: "ID+JWT", claims: issuer.claims()).exposedText)
        let verifier: any IDTokenVerifying = try ClientSecretIDTokenVerifier(
            secret: secret, algorithm: .hs256, issuer: issuer.issuer)
        let user = try await verifier.verifyRefreshing(token, expecting: issuer.expectations(), at: TestIssuer.now)
        #expect(user.deviations.map(\.member) == ["typ"] && verifier.keyDeviations.isEmpty)
    }
}
