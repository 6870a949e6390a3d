import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Keys that are fine but for their form, and what a diagnosis says of those that are left out.
@Suite struct KeySetDeviationTests {
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func set(_ changes: [String: JSONValue?], of key: SigningKey? = nil) throws -> JWKSet {
        var jwk = (key ?? issuer.key).publicJWK
        for (name, value) in changes { jwk[name] = value }
        return try JWKSet(jwks: ["keys": [.object(jwk)]])
    }

    /// Whether a token by the issuer's key, without a name, is verified by the set.
    private func verifies(_ set: JWKSet) throws -> Bool {
        let payload = JSONWriter.bytes(issuer.claims())
        let token = RawIDToken(try issuer.key.signed(header: ["alg": "RS256"], payload: payload).exposedText)
        let verifier = IDTokenVerifier(keys: LocalJWKSet(set, of: issuer.issuer), algorithms: [.rs256])
        return issuer.refusal(of: token, by: verifier) == nil
    }

    @Test func notesNothingInAnOrdinarySet() throws {
        #expect(try set([:]).deviations.isEmpty && set([:]).leftOut == .none)
        #expect(try set(["x5c": [], "x5t": .null, "foo": .null]).deviations.isEmpty)
    }

    @Test(arguments: ["kid", "use", "key_ops", "alg"])
    func takesNullForAbsent(_ name: String) throws {
        let set = try set([name: .null])
        #expect(try verifies(set))
        #expect(set.deviations.map(\.description) == ["jwks \(name): null, read as absent"])
    }

    @Test(arguments: ["use", "alg"])
    func takesAnEmptyTextForAbsent(_ name: String) throws {
        let set = try set([name: ""])
        #expect(try verifies(set))
        #expect(set.deviations.map(\.description) == ["jwks \(name): empty, read as absent"])
    }

    @Test(arguments: ["d", "p", "q", "dp", "dq", "qi", "oth", "k"])
    func findsNoSecretInAnEmptyPrivateMember(_ name: String) throws {
        for empty in [.null, "", [], .object([:])] as [JSONValue] {
            let set = try set([name: empty])
            #expect(try verifies(set))
            #expect(set.deviations.map(\.member) == [name])
        }
        for secret in ["A", [""], [[]], .object(["d": ""]), 0, false, " "] as [JSONValue] {
            #expect(try set([name: secret]).refusals.map(\.reason) == [.privateMembers])
        }
    }

    @Test func findsNoSecretInWhiteSpace() throws {
        let text = JSONValue.object(issuer.key.publicJWK).text()
        let set = try JWKSet(jwks: Array("{\"keys\":[\(text.dropLast()),\"oth\": [ \n ]}]}".utf8))
        #expect(set.count == 1 && set.deviations.map(\.member) == ["oth"])
    }

    @Test func permitsNothingByAnEmptyListOfOperations() throws {
        #expect(try set(["key_ops": []]).refusals.map(\.reason) == [.purpose])
    }

    @Test func readsTheModulusInAnyBase64() throws {
        let modulus = try #require(issuer.key.publicJWK["n"]?.stringValue)
        let octets = try #require(Base64URL.decode(modulus))
        let standard = Base64.encode(octets)
        #expect(standard.hasSuffix("==") && standard.contains { "+/".contains($0) })
        let forms: [(String, [String])] = [
            (modulus + "==", ["base64url with padding"]),
            (standard, ["base64url with padding", "the standard Base64 alphabet instead of base64url"]),
            (String(standard.dropLast(2)), ["the standard Base64 alphabet instead of base64url"]),
        ]
        for (text, expected) in forms {
            let set = try set(["n": .string(text)])
            #expect(try verifies(set))
            #expect(set.deviations.map(\.form) == expected)
        }
    }

    @Test func readsNoMixtureOfAlphabets() throws {
        let modulus = try #require(issuer.key.publicJWK["n"]?.stringValue)
        #expect(modulus.contains("-") || modulus.contains("_"))
        let mixed = "+/" + modulus.dropFirst(2)
        #expect(try set(["n": .string(mixed)]).refusals.map(\.reason) == [.malformed("n")])
        #expect(try set(["n": .string(modulus + "=")]).refusals.map(\.reason) == [.malformed("n")])
        #expect(try set(["n": .string(modulus + "\n")]).refusals.map(\.reason) == [.malformed("n")])
    }

    /// RFC 7515 §2: what is lenient in a key never is in a token.
    @Test func readsNoPaddingAndNoOtherAlphabetInATokensSegments() throws {
        let token = try issuer.idToken().exposedText
        let parts = token.split(separator: ".").map(String.init)
        let signature = try #require(Base64URL.decode(parts[2]))
        for changed in [
            "\(parts[0])=.\(parts[1]).\(parts[2])", "\(parts[0]).\(parts[1])=.\(parts[2])", token + "=", token + "==",
            "\(parts[0]).\(parts[1]).\(Base64.encode(signature))",
        ] {
            let code = issuer.refusal(of: RawIDToken(changed), by: try issuer.verifier)
            #expect(code?.hasPrefix("malformed_") == true)
        }
    }

    @Test func boundsWhatASetDepartsIn() throws {
        let element: JSONValue = .object(["kty": "FOO", "kid": .null])
        var jwk = issuer.key.publicJWK
        for name in ["kid", "use", "key_ops", "alg", "d", "p", "q", "dp", "dq", "qi", "oth", "k"] { jwk[name] = .null }
        let keys = Array(repeating: JSONValue.object(jwk), count: 500) + Array(repeating: element, count: 500)
        let set = try JWKSet(jwks: ["keys": .array(keys)])
        // Of a key that is left out, nothing is read.
        #expect(set.deviations.count == 12 && set.refusals.count == 500)
    }

    /// A proof of possession brings its key in a header, where nothing is lenient.
    @Test(arguments: [("alg", .null), ("d", .null), ("use", "")] as [(String, JSONValue)])
    func readsNoKeyInAProofThatDeparts(_ name: String, _ value: JSONValue) throws {
        let key = try SigningKey.generate(.es256)
        var jwk = key.publicJWK
        jwk[name] = value
        let header: JSONObject = ["alg": "ES256", "typ": "dpop+jwt", "jwk": .object(jwk)]
        let proof = try key.signed(header: header, payload: Array("{}".utf8)).exposedText
        let expected = DPoPExpectations(
            tokenRequest: .post, url: try EndpointURL("https://issuer.example/token"), boundTo: nil, nonce: nil)
        let error = #expect(throws: TokenValidationError.self) {
            try DPoPProofVerifier(algorithms: [.es256]).verify(
                RawDPoPProof(proof), expecting: expected, at: TestIssuer.now)
        }
        #expect(error?.code == TokenValidationError(.dpopProof, reason: .proofKey(.malformed(name))).code)
    }

    @Test func saysWhichKeysAreLeftOutWhenATokensKeyIsNotThere() throws {
        let leftOut: [JSONValue] = [
            ["kty": "FOO"], ["kty": "FOO"], ["kty": "oct", "k": "AA"], ["kty": "RSA", "n": "!", "e": "AQAB"],
        ]
        let keys = [JSONValue.object(issuer.otherKey.publicJWK)] + leftOut
        let set = try JWKSet(jwks: ["keys": .array(keys)])
        let text = """
            4 keys of the set are left out: 2 unsupported key type or curve, 1 a symmetric key in a published set, \
            1 n is missing or malformed
            """
        #expect(set.leftOut.description == text)
        let verifier = IDTokenVerifier(keys: LocalJWKSet(set, of: issuer.issuer), algorithms: [.rs256])
        let error = #expect(throws: TokenValidationError.self) {
            try verifier.verify(issuer.idToken(), expecting: issuer.expectations(), at: TestIssuer.now)
        }
        let words = error.map { "\($0)" } ?? ""
        #expect(error?.code == "unknown_key")
        #expect(words.hasSuffix("no key of the name that the token gives; \(text)"))
    }

    @Test(arguments: [
        ("{\"keys\":[]}", "the key set is empty"),
        (
            "{\"keys\":[{\"kty\":\"RSA\",\"d\":\"AA\"}]}",
            "no key that can verify signatures; 1 key of the set is left out: a private key was published"
        ),
        ("{}", "no member 'keys' that is an array"),
    ])
    func saysWhichKeysAreLeftOutWhenNoneIsLeft(_ body: String, _ text: String) async throws {
        let transport = ScriptedTransport()
        transport.then(.json(body))
        let keys = RemoteJWKSet(
            try EndpointURL("https://issuer.example/jwks"), of: issuer.issuer, transport: transport,
            clock: ManualClock(TestIssuer.now).wall)
        let error = await #expect(throws: KeyError.self) { try await keys.prefetch() }
        let words = error.map { "\($0)" } ?? ""
        #expect(words.contains(text))
    }

    @Test func handsOverWhatTheKeysDepartIn() async throws {
        let transport = ScriptedTransport()
        var jwk = issuer.key.publicJWK
        jwk["oth"] = []
        let set: JSONObject = ["keys": [.object(jwk)]]
        transport.then(.json(JSONWriter.bytes(set)))
        let keys = RemoteJWKSet(
            try EndpointURL("https://issuer.example/jwks"), of: issuer.issuer, transport: transport,
            clock: ManualClock(TestIssuer.now).wall)
        let verifier: any IDTokenVerifying = IDTokenVerifier(keys: keys, algorithms: [.rs256])
        #expect(verifier.keyDeviations.isEmpty)
        let token = try issuer.idToken()
        let user = try await verifier.verifyRefreshing(token, expecting: issuer.expectations(), at: TestIssuer.now)
        #expect(user.deviations.isEmpty)
        #expect(
            verifier.keyDeviations.map(\.description) == ["jwks oth: an empty private member, read as absent"])
    }
}
