import JOSE
import OAuthTypes
import Testing
import WireFormats

@Suite struct SigningKeyTests {
    @Test(arguments: SignatureAlgorithm.allCases)
    func signsWhatItsPublishedKeyVerifies(_ algorithm: SignatureAlgorithm) async throws {
        let issuer = try TestIssuer.get()
        let key = try SigningKey.generate(algorithm)
        let reloaded = try SigningKey(pem: key.pem(), algorithm: algorithm)
        #expect(reloaded.publicJWK == key.publicJWK)
        let token = try await RawIDToken(reloaded.sign(type: "JWT", claims: issuer.claims()).exposedText)
        let keys = LocalJWKSet(try JWKSet(jwks: SigningKey.jwkSet([key])), of: issuer.issuer)
        for other in SignatureAlgorithm.allCases {
            let verifier = IDTokenVerifier(keys: keys, algorithms: [other])
            let verified = try? verifier.verify(token, expecting: issuer.expectations(), at: TestIssuer.now)
            #expect((verified != nil) == other.isAnotherName(for: algorithm))
        }
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func isNamedByItsThumbprint(_ algorithm: SignatureAlgorithm) throws {
        let key = try SigningKey.generate(algorithm)
        #expect(key.keyID?.octets.count == 43)
        #expect(key.publicJWK["kid"]?.stringValue == key.keyID?.text)
        #expect(key.thumbprint == key.keyID?.text)
        #expect(key.publicJWK["use"] == "sig")
        #expect(key.publicJWK["alg"]?.stringValue == algorithm.name.rawValue)
        #expect(["d", "p", "q", "dp", "dq", "qi", "k"].allSatisfy { key.publicJWK[$0] == nil })
    }

    @Test(arguments: [2048, 2056, 3072]) func makesRSAKeysOfTheSizeAskedFor(_ bits: Int) throws {
        let key = try SigningKey.generate(.ps256, strength: .rsa(bits: bits))
        let modulus = try #require(key.publicJWK["n"]?.stringValue.flatMap { Base64URL.decode($0) })
        #expect(modulus.count == bits / 8)
        #expect(modulus[0] >= 0x80)
    }

    @Test func makesKeysOnBothEdwardsCurves() throws {
        #expect(try SigningKey.generate(.edDSA).publicJWK["crv"] == "Ed25519")
        #expect(try SigningKey.generate(.edDSA, strength: .ed448).publicJWK["crv"] == "Ed448")
    }

    @Test(
        arguments: [
            (.rs256, .rsa(bits: 2047), .unacceptablePrivateKey), (.rs256, .rsa(bits: 8193), .unacceptablePrivateKey),
            (.ps512, .rsa(bits: .min), .unacceptablePrivateKey), (.rs256, .ed448, .wrongKind),
            (.es256, .rsa(bits: 2048), .wrongKind), (.es256, .ed448, .wrongKind),
            (.edDSA, .rsa(bits: 2048), .wrongKind),
        ] as [(SignatureAlgorithm, SigningKey.Strength, KeyError)])
    func makesNoKeyThatTheAlgorithmHasNot(
        _ algorithm: SignatureAlgorithm, strength: SigningKey.Strength, error: KeyError
    ) {
        #expect(throws: error) { try SigningKey.generate(algorithm, strength: strength) }
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func readsDER(_ algorithm: SignatureAlgorithm) throws {
        let key = try SigningKey.generate(algorithm)
        let der = try PEMText(key.pem()).octets
        #expect(try SigningKey(der: der, algorithm: algorithm).publicJWK == key.publicJWK)
        #expect(throws: KeyError.malformedPrivateKey) { try SigningKey(der: der + [0], algorithm: algorithm) }
        let other: SignatureAlgorithm = algorithm == .es256 ? .es384 : .es256
        #expect(throws: KeyError.wrongKind) { try SigningKey(der: der, algorithm: other) }
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
        #expect(throws: KeyError.wrongKind) { try SigningKey(pem: p256, algorithm: .es384) }
        #expect(throws: KeyError.wrongKind) { try SigningKey(pem: p256, algorithm: .rs256) }
        #expect(throws: KeyError.malformedPrivateKey) { try SigningKey(pem: [1, 2, 3], algorithm: .rs256) }
    }
}
