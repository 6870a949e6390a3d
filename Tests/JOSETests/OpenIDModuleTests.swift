import JOSE
import OAuthTypes
import Testing
import WireFormats

/// What the OpenID Foundation's relying party modules send in ID tokens. Key rotation is in RemoteKeysTests, refresh in
/// RefreshedIDTokenTests.
@Suite struct OpenIDModuleTests {
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func refusal(
        header: JSONObject, signedBy signer: SigningKey? = nil, published: [SigningKey]? = nil
    ) throws -> String? {
        let payload = JSONWriter.bytes(issuer.claims())
        let token = RawIDToken(try (signer ?? issuer.key).signed(header: header, payload: payload).exposedText)
        let keys = LocalJWKSet(try JWKSet(jwks: SigningKey.jwkSet(published ?? [issuer.key])), of: issuer.issuer)
        return issuer.refusal(of: token, by: IDTokenVerifier(keys: keys, algorithms: [.rs256]))
    }

    @Test("oidcc-client-test-kid-absent-single-jwks")
    func kidAbsentSingleKey() throws {
        #expect(try refusal(header: ["alg": "RS256"]) == nil)
    }

    @Test("oidcc-client-test-kid-absent-multiple-jwks")
    func kidAbsentSeveralKeys() throws {
        #expect(try refusal(header: ["alg": "RS256"], published: [issuer.otherKey, issuer.key]) == nil)
    }

    @Test("oidcc-client-test-idtoken-sig-rs256")
    func signedWithRS256() throws {
        #expect(try issuer.refusal([:]) == nil)
    }

    @Test("oidcc-client-test-idtoken-sig-none")
    func unsigned() throws {
        let claims = Base64URL.encode(JSONWriter.bytes(issuer.claims()))
        let token = RawIDToken(Base64URL.encode(Array("{\"alg\":\"none\"}".utf8)) + "." + claims + ".")
        #expect(issuer.refusal(of: token, by: try issuer.verifier) == "algorithm_not_accepted")
    }

    @Test("oidcc-client-test-invalid-sig-rs256")
    func signedByAnotherKey() throws {
        let header: JSONObject = ["alg": "RS256", "kid": issuer.key.publicJWK["kid"] ?? .null]
        #expect(try refusal(header: header, signedBy: issuer.otherKey) == "invalid_signature")
    }

    @Test(
        "oidcc-client-test-nonce-invalid, missing-iat, missing-sub, invalid-aud, invalid-iss",
        arguments: [
            ("wrong_nonce", ["nonce": "n-1x"]), ("missing_iat", ["iat": .none]), ("missing_sub", ["sub": .none]),
            ("wrong_aud", ["aud": "client-123x"]), ("wrong_iss", ["iss": "https://issuer.example.evil"]),
        ] as [(String, [String: JSONValue?])])
    func claimsThatAreWrong(_ code: String, _ changes: [String: JSONValue?]) throws {
        #expect(try issuer.refusal(changes) == code)
    }

    /// Storm-0558: a good signature by another issuer's key is worth nothing.
    @Test func keysOfAnotherIssuerDoNotCount() throws {
        #expect(try refusal(header: ["alg": "RS256"], signedBy: issuer.otherKey) == "invalid_signature")
    }
}
