import CryptoPrimitives
import JOSE
import OAuthTypes
import Testing
import WireFormats

@Suite struct DPoPProofVerifierTests {
    static let key = Result { () throws(KeyError) in try SigningKey.generate(.es256) }
    static let token = AccessToken("access-token-1")
    let key: SigningKey
    let url: EndpointURL

    init() throws {
        key = try Self.key.get()
        url = try EndpointURL("https://api.example/things")
    }

    private func proof(
        _ changes: [String: JSONValue?] = [:], header: [String: JSONValue?] = [:], by signer: SigningKey? = nil
    ) throws -> RawDPoPProof {
        let signer = signer ?? key
        var claims: JSONObject = [
            "jti": "p-1", "htm": "GET", "htu": .string(url.text), "iat": 1_760_000_000,
            "ath": .string(Base64URL.encode(SHA2.sha256(Array(Self.token.exposedText.utf8)))),
        ]
        for (name, value) in changes { claims[name] = value }
        var parameters: JSONObject = [
            "typ": "dpop+jwt", "alg": .string(signer.algorithm.rawValue), "jwk": .object(signer.publicJWK),
        ]
        for (name, value) in header { parameters[name] = value }
        return RawDPoPProof(try signer.signed(header: parameters, payload: JSONWriter.bytes(claims)).exposedText)
    }

    private func use(nonce: String? = nil, of thumbprint: String? = nil, url: EndpointURL? = nil) -> DPoPExpectations {
        DPoPExpectations(
            useOf: Self.token, boundTo: thumbprint ?? key.keyID?.text ?? "", method: .get, url: url ?? self.url,
            nonce: nonce
        )
    }

    private func tokenRequest(boundTo thumbprint: String? = nil) -> DPoPExpectations {
        DPoPExpectations(tokenRequest: .post, url: url, boundTo: thumbprint, nonce: nil)
    }

    private func verifier(
        _ algorithms: SignatureAlgorithms = [.es256], lifetime: Duration = .seconds(60), leeway: ClockLeeway = 0
    ) -> DPoPProofVerifier {
        DPoPProofVerifier(algorithms: algorithms, lifetime: lifetime, leeway: leeway)
    }

    private func refusal(
        _ proof: RawDPoPProof, expecting expectations: DPoPExpectations? = nil, by verifier: DPoPProofVerifier? = nil
    ) -> String? {
        do throws(TokenValidationError) {
            _ = try (verifier ?? self.verifier()).verify(proof, expecting: expectations ?? use(), at: TestIssuer.now)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(arguments: [SignatureAlgorithm.es256, .es384, .edDSA, .rs256, .ps256])
    func saysWhoseKeyMadeIt(_ algorithm: SignatureAlgorithm) throws {
        let signer = try SigningKey.generate(algorithm)
        let thumbprint = try #require(signer.keyID?.text)
        let proof = try verifier([algorithm], leeway: 60).verify(
            proof(by: signer), expecting: use(of: thumbprint), at: TestIssuer.now)
        #expect(proof.keyThumbprint == thumbprint)
        #expect(proof.jwtID == "p-1")
        #expect(proof.issuedAt == TestIssuer.now)
        #expect(proof.acceptableUntil.seconds == 1_760_000_120)
    }

    /// RFC 7638 §3.3 with RFC 7518 §2: a key has one thumbprint, however many zeros its numbers begin with.
    @Test func namesAKeyByTheFewestOctetsOfItsNumbers() throws {
        let signer = try TestIssuer.get().key
        let modulus = try #require(signer.publicJWK["n"]?.stringValue.flatMap { Base64URL.decode($0) })
        for (zeros, exponent) in [([], "AQAB"), ([0], "AQAB"), ([], "AAEAAQ"), ([0], "AAAAAQAB")] as [([UInt8], String)]
        {
            let jwk: JSONObject = [
                "kty": "RSA", "n": .string(Base64URL.encode(zeros + modulus)), "e": .string(exponent),
            ]
            let proof = try proof(header: ["jwk": .object(jwk)], by: signer)
            let verified = try verifier([.rs256]).verify(
                proof, expecting: use(of: signer.thumbprint), at: TestIssuer.now)
            #expect(verified.keyThumbprint == signer.thumbprint)
        }
    }

    @Test(
        arguments: [
            ("wrong_htm", ["htm": "POST"]), ("wrong_htm", ["htm": "get"]), ("missing_htm", ["htm": .none]),
            ("malformed_htm", ["htm": ["GET"]]), ("wrong_htu", ["htu": "https://api.example/other"]),
            ("wrong_htu", ["htu": "https://another.example/things"]),
            ("wrong_htu", ["htu": "https://api.example/Things"]),
            ("wrong_htu", ["htu": "https://api.example:444/things"]),
            ("wrong_htu", ["htu": "https://api.example/things/"]),
            ("malformed_htu", ["htu": "http://api.example/things"]), ("malformed_htu", ["htu": "/things"]),
            ("malformed_htu", ["htu": "https://user@api.example/things"]), ("missing_htu", ["htu": .none]),
            ("missing_iat", ["iat": .none]), ("malformed_iat", ["iat": "1760000000"]),
            ("issued_in_future", ["iat": 1_760_000_001]), ("issued_too_long_ago", ["iat": 1_759_999_940]),
            ("issued_too_long_ago", ["iat": 0]), ("missing_jti", ["jti": .none]), ("malformed_jti", ["jti": ""]),
            ("malformed_jti", ["jti": .string(String(repeating: "j", count: 257))]), ("missing_ath", ["ath": .none]),
            ("wrong_ath", ["ath": "x"]), ("malformed_ath", ["ath": 1]),
        ] as [(String, [String: JSONValue?])])
    func refusesAndNamesTheClaim(_ code: String, _ changes: [String: JSONValue?]) throws {
        #expect(refusal(try proof(changes)) == code)
    }

    @Test(
        arguments: [
            "https://api.example/things?page=2", "https://api.example/things#top", "https://API.example:443/things",
            "HTTPS://api.example/thin%67s", "https://api.example/things?a#b", "https://api.example/things#a?b",
        ])
    func takesTheSameURLInOtherWords(_ text: String) throws {
        #expect(refusal(try proof(["htu": .string(text)])) == nil)
    }

    @Test(
        arguments: [
            ("https://api.example", "https://api.example/", true),
            ("https://api.example/a%2fb", "https://api.example/a%2Fb", true),
            ("https://api.example/a%2Fb", "https://api.example/a/b", false),
            ("https://api.example/a%", "https://api.example/a%", true),
            ("https://api.example/%zz", "https://api.example/%ZZ", false),
            ("https://api.example/%-5", "https://api.example/%-5", true),
            ("https://api.example/%-a", "https://api.example/%-A", false),
            ("https://api.example/%+a", "https://api.example/%+A", false),
            ("https://api.example/a/../b", "https://api.example/b", false),
        ])
    func comparesPathsInNormalForm(_ expected: String, claimed: String, areSame: Bool) throws {
        let verdict = refusal(try proof(["htu": .string(claimed)]), expecting: use(url: try EndpointURL(expected)))
        #expect((verdict == nil) == areSame)
    }

    @Test func looksAtTheNonceWhereTheServerGaveOne() throws {
        #expect(refusal(try proof(), expecting: use(nonce: "n-1")) == "missing_nonce")
        #expect(refusal(try proof(["nonce": "n-0"]), expecting: use(nonce: "n-1")) == "wrong_nonce")
        #expect(refusal(try proof(["nonce": ["n-1"]]), expecting: use(nonce: "n-1")) == "malformed_nonce")
        #expect(refusal(try proof(["nonce": "n-1"]), expecting: use(nonce: "n-1")) == nil)
        #expect(refusal(try proof(["nonce": "n-0"]), expecting: use(nonce: nil)) == nil)
    }

    @Test func tellsTokenRequestsFromTheUseOfTokens() throws {
        #expect(refusal(try proof(["htm": "POST", "ath": .none]), expecting: tokenRequest()) == nil)
        #expect(refusal(try proof(["htm": "POST"]), expecting: tokenRequest()) == "forbidden_ath")
    }

    @Test func refusesAnotherKeyThanTheBoundOne() throws {
        let proof = try proof(["htm": "POST", "ath": .none])
        #expect(refusal(proof, expecting: tokenRequest(boundTo: key.keyID?.text)) == nil)
        #expect(refusal(proof, expecting: tokenRequest(boundTo: "another")) == "another_key")
        #expect(refusal(try self.proof(), expecting: use(of: "another")) == "another_key")
    }

    @Test(
        arguments: [
            ("wrong_type", ["typ": "JWT"]), ("wrong_type", ["typ": .none]), ("header_jwk", ["jwk": .none]),
            ("proof_key", ["jwk": "x"]), ("proof_key", ["jwk": ["kty": "oct", "k": "c2VjcmV0"]]),
            ("proof_key", ["jwk": ["kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"]]),
            ("algorithm_not_accepted", ["alg": "none"]), ("algorithm_not_accepted", ["alg": "HS256"]),
            ("algorithm_not_accepted", ["alg": "ES384"]), ("header_crit", ["crit": ["x"]]),
            ("header_b64", ["b64": false]),
        ] as [(String, [String: JSONValue?])])
    func refusesAndNamesTheHeader(_ code: String, _ changes: [String: JSONValue?]) throws {
        #expect(refusal(try proof(header: changes)) == code)
    }

    @Test func refusesPrivateKeysAndThoseForOtherPurposes() throws {
        let changes: [(name: String, value: JSONValue)] = [("d", "AAAA"), ("use", "enc"), ("key_ops", ["sign"])]
        for (name, value) in changes {
            var jwk = key.publicJWK
            jwk[name] = value
            #expect(refusal(try proof(header: ["jwk": .object(jwk)])) == "proof_key")
        }
    }

    @Test func refusesAKeyThatDidNotSign() throws {
        let other = try SigningKey.generate(.es256)
        #expect(refusal(try proof(header: ["jwk": .object(other.publicJWK)])) == "invalid_signature")
        #expect(
            refusal(try proof(header: ["alg": "ES384"]), by: verifier([.es256, .es384])) == "no_suitable_key")
    }

    @Test(arguments: [(Int64.min, Int64(1)), (600, 600), (.max, 600)])
    func boundsTheLifetimeItself(_ configured: Int64, _ effective: Int64) throws {
        let verifier = verifier(lifetime: .seconds(configured))
        let oldest = 1_760_000_001 - Int(effective)
        #expect(refusal(try proof(["iat": .number(JSONNumber(oldest))]), by: verifier) == nil)
        #expect(
            refusal(try proof(["iat": .number(JSONNumber(oldest - 1))]), by: verifier) == "issued_too_long_ago")
    }

    @Test(arguments: ["", "..", "e30.e30.", "W10.e30.", "=.e30.", String(repeating: ".", count: 10_000)])
    func refusesWhatIsNoProof(_ text: String) {
        #expect(refusal(RawDPoPProof(text)) != nil)
    }

    @Test func neverServesOtherVerifiers() throws {
        let issuer = try TestIssuer.get()
        let forged = try key.signed(
            header: ["alg": "ES256", "typ": "JWT", "jwk": .object(key.publicJWK)],
            payload: JSONWriter.bytes(issuer.claims()))
        let verifier = IDTokenVerifier(keys: try issuer.keys, algorithms: [.rs256, .es256])
        #expect(
            issuer.refusal(of: RawIDToken(forged.exposedText), by: verifier) == "no_suitable_key")
    }
}
