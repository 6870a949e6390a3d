import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

@Suite struct JWSVerifierTests {
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func refusal(_ text: String, limits: TokenLimits = .standard) throws -> String? {
        let verifier = IDTokenVerifier(keys: try issuer.keys, algorithms: [.rs256], limits: limits)
        do {
            _ = try verifier.verify(RawIDToken(text), expecting: issuer.expectations(), at: TestIssuer.now)
            return nil
        } catch {
            return error.code
        }
    }

    private func refusal(header: JSONObject) throws -> String? {
        var full: JSONObject = ["alg": "RS256"]
        for (name, value) in header.members { full[name] = value }
        return try refusal(
            issuer.key.signed(header: full, payload: JSONWriter.bytes(issuer.claims())).exposedText)
    }

    @Test(
        arguments: [
            ("header_crit", ["crit": ["b64"]]), ("header_crit", ["crit": []]), ("header_crit", ["crit": .null]),
            ("header_b64", ["b64": false]), ("header_b64", ["b64": true]), ("header_zip", ["zip": "DEF"]),
            ("header_cty", ["cty": "JWT"]), ("header_kid", ["kid": 1]), ("header_kid", ["kid": .null]),
            ("header_kid", ["kid": .string(String(repeating: "k", count: 257))]), ("unknown_key", ["kid": "another"]),
            ("unknown_key", ["kid": ""]), ("header_typ", ["typ": 1]), ("header_typ", ["typ": .null]),
            ("header_alg", ["alg": 1]),
            ("algorithm_not_accepted", ["alg": "none"]), ("algorithm_not_accepted", ["alg": "rs256"]),
            ("algorithm_not_accepted", ["alg": "RS384"]), ("algorithm_not_accepted", ["alg": "HS256"]),
        ] as [(String, JSONObject)])
    func refusesHeaderParameters(_ code: String, _ header: JSONObject) throws {
        #expect(try refusal(header: header) == code)
    }

    @Test(
        arguments: [
            ["typ": "JWT"], ["typ": "jwt"], ["typ": "application/JWT"], ["x-any": [1]], ["jku": "https://evil.example"],
        ]
            as [JSONObject])
    func acceptsHarmlessHeaderParameters(_ header: JSONObject) throws {
        #expect(try refusal(header: header) == nil)
    }

    @Test(arguments: [
        ("", "malformed_token"), (".", "malformed_token"), ("..", "malformed_header"), ("...", "malformed_header"),
        ("a", "malformed_token"), ("a.b", "malformed_token"), ("{}", "malformed_token"),
    ])
    func refusesWhatIsNoCompactSerialization(_ text: String, _ code: String) throws {
        #expect(try refusal(text) == code)
    }

    @Test func refusesSegmentsBeyondThree() throws {
        let token = try issuer.idToken().exposedText
        for text in [token + ".", "." + token, token + ".x", token + "..."] {
            #expect(try refusal(text)?.hasPrefix("malformed_") ?? false)
        }
        #expect(try refusal(token.replacing(".", with: "..")) == "encrypted")
    }

    @Test func boundsSizesBeforeDecoding() throws {
        let token = try issuer.idToken().exposedText
        #expect(try refusal(token, limits: TokenLimits(tokenOctets: token.utf8.count)) == nil)
        #expect(try refusal(token, limits: TokenLimits(tokenOctets: token.utf8.count - 1)) == "token_too_long")
        #expect(try refusal(String(repeating: ".", count: 65_537)) == "token_too_long")
        #expect(try refusal(String(repeating: "A", count: 8_193) + ".A.A") == "header_too_long")
        #expect(try refusal("A.A." + String(repeating: "A", count: 2_732)) == "signature_too_long")
    }

    @Test func refusesAMegabyteOfDotsAtOnce() throws {
        let dots = String(repeating: ".", count: 1_000_000)
        let spent = ProcessorTime.spent { _ = try? refusal(dots, limits: TokenLimits(tokenOctets: .max)) }
        #expect(spent < ProcessorTime.bound(milliseconds: 5))
    }

    @Test func answersAlikeFromManyTasks() async throws {
        let forged = RawIDToken(try issuer.otherKey.signed(type: "JWT", claims: issuer.claims()).exposedText)
        let tokens = [
            (try issuer.idToken(), nil), (forged, "unknown_key"), (try issuer.idToken(["exp": 1]), "expired"),
        ]
        let verifier = try issuer.verifier
        let wrong = await withTaskGroup(of: Int.self) { group in
            for seed in 0..<16 {
                group.addTask {
                    var random = SeededRandom(seed: UInt64(seed))
                    return (0..<200).count { _ in
                        guard let (token, code) = tokens.randomElement(using: &random) else { return true }
                        return issuer.refusal(of: token, by: verifier) != code
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    @Test func refusalsRevealNothingOfTheToken() throws {
        let canary = "canary-5f1c"
        let refused: [[String: JSONValue?]] = [
            ["nonce": .string(canary)], ["sub": [.string(canary)]], ["exp": .string(canary)],
            ["sid": [.string(canary)]],
            ["at_hash": .string(canary)], ["iss": [.string(canary)]], ["aud": .object(["x": .string(canary)])],
        ]
        for changes in refused {
            let token = try issuer.idToken(changes)
            let error = try #require(throws: TokenValidationError.self) {
                try issuer.verifier.verify(
                    token, expecting: issuer.expectations(accessToken: AccessToken("a")), at: TestIssuer.now)
            }
            var dumped = ""
            dump(error, to: &dumped)
            #expect(!"\(error) \(String(reflecting: error)) \(dumped)".contains(canary))
        }
    }

    @Test func refusesSecretsShorterThanTheHash() {
        #expect(SecretKeyCheck([], algorithm: .hs256) == nil)
        #expect(SecretKeyCheck([UInt8](repeating: 1, count: 31), algorithm: .hs256) == nil)
        #expect(SecretKeyCheck([UInt8](repeating: 1, count: 63), algorithm: .hs512) == nil)
        #expect(SecretKeyCheck([UInt8](repeating: 1, count: 64), algorithm: .hs512) != nil)
    }
}
