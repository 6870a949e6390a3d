import JOSE
import OAuthTypes
import Testing
import WireFormats

@Suite struct SigningKeyTests {
    @Test(arguments: PublicKeyAlgorithm.allCases)
    func signsWhatItsPublishedKeyVerifies(_ algorithm: PublicKeyAlgorithm) async throws {
        let issuer = try TestIssuer.get()
        let key = try SigningKey.generate(algorithm)
        let reloaded = try SigningKey(pem: key.pem(), algorithm: algorithm)
        #expect(reloaded.publicJWK == key.publicJWK)
        let token = try await RawIDToken(reloaded.sign(type: "JWT", claims: issuer.claims()).exposedText)
        let keys = StaticKeys(try KeySet(jwks: SigningKey.keySet([key])), of: issuer.issuer)
        for other in PublicKeyAlgorithm.allCases {
            let verifier = IDTokenVerifier(keys: keys, algorithms: [other])
            let verified = try? verifier.verify(token, expecting: issuer.expectations(), at: TestIssuer.now)
            #expect((verified != nil) == (other == algorithm))
        }
    }

    @Test(arguments: PublicKeyAlgorithm.allCases)
    func isNamedByItsThumbprint(_ algorithm: PublicKeyAlgorithm) throws {
        let key = try SigningKey.generate(algorithm)
        #expect(key.keyID?.octets.count == 43)
        #expect(key.publicJWK["kid"]?.stringValue == key.keyID?.text)
        #expect(key.publicJWK["use"] == "sig")
        #expect(key.publicJWK["alg"]?.stringValue == algorithm.name.rawValue)
        #expect(["d", "p", "q", "dp", "dq", "qi", "k"].allSatisfy { key.publicJWK[$0] == nil })
    }

    @Test func takesAName() throws {
        let key = try SigningKey.generate(.es256, keyID: KeyID("mine"))
        #expect(key.keyID?.text == "mine")
        let header = try key.signed(type: "JWT", claims: [:]).exposedText.prefix { $0 != "." }
        let octets = try #require(Base64URL.decode(String(header)))
        #expect(try JSONReader.object(octets) == ["alg": "ES256", "kid": "mine", "typ": "JWT"])
    }

    @Test func refusesKeysOfAnotherKind() throws {
        let p256 = try SigningKey.generate(.es256).pem()
        #expect(throws: SigningKeyError.wrongKind) { try SigningKey(pem: p256, algorithm: .es384) }
        #expect(throws: SigningKeyError.wrongKind) { try SigningKey(pem: p256, algorithm: .rs256) }
        #expect(throws: SigningKeyError.malformed) { try SigningKey(pem: [1, 2, 3], algorithm: .rs256) }
    }
}
