import JOSE
import OAuthTypes
import Testing
import WireFormats

/// For a token directly from the token endpoint, up to 16 keys without a name are tried.
@Suite struct NamelessKeysTests {
    private static let signers = (try? (0..<17).map { _ in try SigningKey.generate(.es256) }) ?? []
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func verifier() throws -> IDTokenVerifier<LocalJWKSet> {
        let keys = Self.signers.map { signer in
            var jwk = signer.publicJWK
            jwk["kid"] = nil
            return JSONValue.object(jwk)
        }
        let set = try JWKSet(jwks: ["keys": .array(keys)])
        return IDTokenVerifier(keys: LocalJWKSet(set, of: issuer.issuer), algorithms: [.es256])
    }

    private func token(by signer: SigningKey, header: JSONObject = [:]) throws -> RawIDToken {
        var full: JSONObject = ["alg": "ES256"]
        for (name, value) in header.members { full[name] = value }
        return RawIDToken(try signer.signed(header: full, payload: JSONWriter.bytes(issuer.claims())).exposedText)
    }

    private func isTaken(
        _ token: RawIDToken, by verifier: IDTokenVerifier<LocalJWKSet>, from origin: TokenOrigin
    ) -> Bool {
        (try? verifier.verify(token, expecting: issuer.expectations(), from: origin, at: TestIssuer.now)) != nil
    }

    @Test func triesSixteenForTheIssuersOwnAnswerAndFourForAnybodyElse() throws {
        #expect(Self.signers.count == 17)
        for (index, signer) in Self.signers.enumerated() {
            let token = try token(by: signer)
            #expect(isTaken(token, by: try verifier(), from: .tokenEndpoint) == (index < 16))
            #expect(isTaken(token, by: try verifier(), from: .outside) == (index < 4))
        }
    }

    /// Tokens from both places by one verifier, which remembers the key of the token before.
    @Test func answersAlikeWhateverCameBefore() throws {
        let verifier = try verifier()
        let tokens = try Self.signers.map { try token(by: $0) }
        for before in [0, 3, 4, 15] {
            for (index, token) in tokens.enumerated() {
                for (origin, limit) in [(TokenOrigin.outside, 4), (.tokenEndpoint, 16)] {
                    #expect(isTaken(tokens[before], by: verifier, from: .tokenEndpoint))
                    #expect(isTaken(token, by: verifier, from: origin) == (index < limit), "\(index) after \(before)")
                }
            }
        }
    }

    @Test func triesNoneForATokenThatNamesItsKey() throws {
        let signer = try #require(Self.signers.first)
        let named = try token(by: signer, header: ["kid": signer.publicJWK["kid"] ?? ""])
        #expect(!isTaken(named, by: try verifier(), from: .tokenEndpoint))
    }

    @Test func triesNoMoreThanFourOfOneNameForAnybody() throws {
        let name = try KeyID("same")
        let signers = try (0..<5).map { _ in try SigningKey.generate(.es256, keyID: name) }
        let set = try JWKSet(jwks: SigningKey.jwkSet(signers))
        let verifier = IDTokenVerifier(keys: LocalJWKSet(set, of: issuer.issuer), algorithms: [.es256])
        for (index, signer) in signers.enumerated() {
            let token = try token(by: signer, header: ["kid": "same"])
            #expect(isTaken(token, by: verifier, from: .tokenEndpoint) == (index < 4))
        }
    }
}
