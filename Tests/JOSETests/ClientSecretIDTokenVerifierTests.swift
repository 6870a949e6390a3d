import CryptoPrimitives
import JOSE
import OAuthTypes
import Testing
import WireFormats

@Suite struct ClientSecretIDTokenVerifierTests {
    /// 64 octets: enough for each of the three algorithms.
    static let secret = ClientSecret(String(repeating: "shared-secret-\u{E9}", count: 4))
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func verifier(
        _ algorithm: MACAlgorithm = .hs256, secret: ClientSecret = secret
    ) throws -> ClientSecretIDTokenVerifier {
        try ClientSecretIDTokenVerifier(secret: secret, algorithm: algorithm, issuer: issuer.issuer)
    }

    private func token(
        _ algorithm: MACAlgorithm = .hs256, secret: ClientSecret = secret, type: String = "JWT",
        changing changes: [String: JSONValue?] = [:]
    ) throws -> RawIDToken {
        let signer = try ClientSecretSigner(secret: secret, algorithm: algorithm)
        return RawIDToken(try signer.signed(type: type, claims: issuer.claims(changes)).exposedText)
    }

    /// A token whose header says whatever a test wants, signed with any octets.
    private func token(
        header: JSONObject, key: [UInt8] = Array(secret.exposedText.utf8), hash size: SHA2.Size = .bits256
    ) throws -> RawIDToken {
        let segments = [JSONWriter.bytes(header), JSONWriter.bytes(issuer.claims())].map { Base64URL.encode($0) }
        let input = segments.joined(separator: ".")
        let code = try HMAC.authenticate(key: key, message: Array(input.utf8), hash: size)
        return RawIDToken(input + "." + Base64URL.encode(code))
    }

    private func refusal(
        _ token: RawIDToken, by verifier: ClientSecretIDTokenVerifier,
        expecting expectations: IDTokenExpectations? = nil
    ) -> String? {
        do throws(TokenValidationError) {
            _ = try verifier.verify(token, expecting: expectations ?? issuer.expectations(), at: TestIssuer.now)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(arguments: MACAlgorithm.allCases)
    func takesOnlyTheConfiguredAlgorithm(_ algorithm: MACAlgorithm) throws {
        for signed in MACAlgorithm.allCases {
            let expected = signed == algorithm ? nil : "algorithm_not_accepted"
            #expect(try refusal(token(signed), by: verifier(algorithm)) == expected)
        }
    }

    @Test func signsAsACompactSigner() async throws {
        let signer: any CompactSigner = try ClientSecretSigner(secret: Self.secret, algorithm: .hs512)
        #expect(signer.algorithm == .hs512)
        #expect(signer.keyID == nil)
        let signed = try await signer.sign(type: "JWT", claims: issuer.claims())
        #expect(try refusal(RawIDToken(signed.exposedText), by: verifier(.hs512)) == nil)
    }

    @Test(arguments: [("at+jwt", "wrong_type"), ("logout+jwt", "wrong_type"), ("JWT", nil)] as [(String, String?)])
    func refusesOtherKindsOfTokenByType(_ type: String, _ code: String?) throws {
        #expect(try refusal(token(type: type), by: verifier()) == code)
    }

    @Test func judgesClaimsAsAnyIDToken() throws {
        #expect(try refusal(token(.hs256, changing: ["nonce": "n-2"]), by: verifier()) == "wrong_nonce")
        #expect(try refusal(token(.hs256, changing: ["iss": "https://other.example"]), by: verifier()) == "wrong_iss")
        #expect(try refusal(token(.hs256, changing: ["exp": 1]), by: verifier()) == "expired")
    }

    @Test func refusesExpectationsOfAnotherIssuer() throws {
        let other = IDTokenExpectations(
            issuer: try Issuer("https://other.example"), clientID: issuer.clientID, nonce: "n-1", maxAge: nil,
            acceptedACRs: [], accessToken: nil, code: nil)
        let token = try token(.hs256, changing: ["iss": "https://other.example"])
        #expect(try refusal(token, by: verifier(), expecting: other) == "keys_of_another_issuer")
    }

    @Test(arguments: [nil, "", "another", "../../dev/null"] as [String?])
    func looksAtNoKeyName(_ name: String?) throws {
        var header: JSONObject = ["alg": "HS256", "typ": "JWT"]
        header["kid"] = name.map { .string($0) }
        #expect(try refusal(token(header: header), by: verifier()) == nil)
    }

    @Test func refusesTokensOfPublicKeys() throws {
        #expect(try refusal(issuer.idToken(), by: verifier()) == "algorithm_not_accepted")
        let claimed = try token(header: ["alg": "RS256"])
        #expect(try refusal(claimed, by: verifier()) == "algorithm_not_accepted")
        #expect(try refusal(token(header: ["alg": "none"]), by: verifier()) == "algorithm_not_accepted")
    }

    /// The key confusion of CVE-2015-9235, with each text that an attacker has of the public key.
    @Test func refusesTokensSignedWithThePublicKeyAsSecret() throws {
        let jwk = issuer.key.publicJWK
        let modulus = try #require(jwk["n"]?.stringValue)
        let texts = [
            modulus, String(decoding: JSONWriter.bytes(jwk), as: UTF8.self),
            String(decoding: JSONWriter.bytes(SigningKey.jwkSet([issuer.key])), as: UTF8.self),
        ]
        let keys = texts.map { Array($0.utf8) } + [try #require(Base64URL.decode(modulus))]
        for key in keys {
            let forged = try token(header: ["alg": "HS256", "kid": jwk["kid"] ?? ""], key: key)
            #expect(try issuer.refusal(of: forged, by: issuer.verifier) == "algorithm_not_accepted")
            #expect(try refusal(forged, by: verifier()) == "invalid_signature")
        }
    }

    @Test func refusesTokensOfAnotherSecretOrLength() throws {
        let other = ClientSecret(String(repeating: "another-secret-", count: 5))
        #expect(try refusal(token(secret: other), by: verifier()) == "invalid_signature")
        // RFC 7518 §3.2: a longer or shorter authenticator is no HS256 signature
        let longer = try token(header: ["alg": "HS256"], hash: .bits512)
        #expect(try refusal(longer, by: verifier()) == "invalid_signature")
        let parts = try token().exposedText.split(separator: ".").map(String.init)
        let authenticator = try #require(Base64URL.decode(parts[2]))
        let cut = RawIDToken("\(parts[0]).\(parts[1])." + Base64URL.encode(authenticator.prefix(16)))
        #expect(try refusal(cut, by: verifier()) == "invalid_signature")
        let unsigned = RawIDToken("\(parts[0]).\(parts[1]).")
        #expect(try refusal(unsigned, by: verifier()) == "invalid_signature")
    }

    @Test(arguments: zip(MACAlgorithm.allCases, [32, 48, 64]))
    func refusesSecretsShorterThanTheHash(_ algorithm: MACAlgorithm, _ octets: Int) throws {
        for text in ["", String(repeating: "s", count: octets - 1)] {
            let secret = ClientSecret(text)
            let error = try #require(throws: KeyError.self) { try verifier(algorithm, secret: secret) }
            #expect(error == .weakClientSecret(algorithm, requiredOctets: octets))
            #expect("\(error)".contains("at least \(octets) octets"))
            #expect(error.code == "weak_client_secret")
            #expect(throws: KeyError.self) { try ClientSecretSigner(secret: secret, algorithm: algorithm) }
        }
        let enough = ClientSecret(String(repeating: "s", count: octets))
        #expect(try refusal(token(algorithm, secret: enough), by: verifier(algorithm, secret: enough)) == nil)
        // The octets count, not the characters.
        let accented = ClientSecret(String(repeating: "\u{E9}", count: octets / 2))
        #expect(try refusal(token(algorithm, secret: accented), by: verifier(algorithm, secret: accented)) == nil)
    }

    @Test func showsNothingOfTheSecretWhenPrinted() throws {
        let verifier = try verifier()
        let signer = try ClientSecretSigner(secret: Self.secret, algorithm: .hs256)
        let weak = try #require(throws: KeyError.self) {
            try ClientSecretSigner(secret: ClientSecret("shared-secret"), algorithm: .hs256)
        }
        let octets = Self.secret.exposedText.utf8.prefix(6).map { "\($0)" }.joined(separator: ", ")
        for subject in [verifier, signer, weak] as [any Sendable] {
            var dumped = ""
            dump(subject, to: &dumped)
            let lines = dumped.split(whereSeparator: \.isNewline).joined(separator: ", ")
            for text in ["\(subject)", String(reflecting: subject), dumped, lines, "\([subject])"] {
                #expect(!text.contains("shared-secret") && !text.contains(octets) && !text.contains("- 115"))
            }
        }
    }
}
