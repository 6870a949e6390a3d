import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Published mistakes of other libraries that no vector shows (Docs/Security/Advisories.md).
@Suite struct AdvisoryTests {
    private let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func refusal(
        _ token: CompactJWS, keys: JSONObject, algorithms: SignatureAlgorithms
    ) throws -> String? {
        let keys = LocalJWKSet(try JWKSet(jwks: keys), of: issuer.issuer)
        return issuer.refusal(
            of: RawIDToken(token.exposedText), by: IDTokenVerifier(keys: keys, algorithms: algorithms))
    }

    /// CVE-2022-23540, CVE-2024-37568, CVE-2026-22817: without a list of algorithms the token or the key chose one.
    @Test func refusesEveryTokenWhereNoAlgorithmIsAccepted() throws {
        let token = try issuer.key.signed(type: "JWT", claims: issuer.claims())
        #expect(try refusal(token, keys: SigningKey.jwkSet([issuer.key]), algorithms: []) == "algorithm_not_accepted")
    }

    static let pairs = SignatureAlgorithm.allCases.flatMap { algorithm in
        SignatureAlgorithm.allCases.map { (algorithm, $0) }
    }
    private static let signers = Result {
        try Dictionary(uniqueKeysWithValues: SignatureAlgorithm.allCases.map { ($0, try SigningKey.generate($0)) })
    }

    /// CVE-2022-23539, CVE-2026-48523: what the header says, what the list says and what made the signature must be one,
    /// whether the published key names its algorithm or not.
    @Test(arguments: pairs)
    func takesASignatureByTheAlgorithmOfItsHeaderOnly(
        header: SignatureAlgorithm, signer: SignatureAlgorithm
    ) throws {
        let key = try #require(try Self.signers.get()[signer])
        let token = try key.signed(
            header: ["alg": .string(header.name.rawValue)], payload: JSONWriter.bytes(issuer.claims()))
        for namesAlgorithm in [true, false] {
            var published = key.publicJWK
            if !namesAlgorithm { published["alg"] = nil }
            let accepted =
                try refusal(
                    token, keys: ["keys": [.object(published)]],
                    algorithms: SignatureAlgorithms(SignatureAlgorithm.allCases))
                == nil
            #expect(accepted == header.isAnotherName(for: signer))
        }
    }

    /// CVE-2025-65945: unverified claims chose the key.
    @Test func choosesTheKeyWithoutThePayload() throws {
        let name = try #require(issuer.key.keyID).text
        let other = try #require(issuer.otherKey.keyID).text
        let claims = issuer.claims(["kid": .string(other), "jwk": .object(issuer.otherKey.publicJWK)])
        let forged = try issuer.otherKey.signed(
            header: ["alg": "RS256", "kid": .string(name)], payload: JSONWriter.bytes(claims))
        let keys = SigningKey.jwkSet([issuer.key, issuer.otherKey])
        #expect(try refusal(forged, keys: keys, algorithms: [.rs256]) == "invalid_signature")
    }
}
