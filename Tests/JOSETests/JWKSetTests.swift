import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

@Suite struct JWKSetTests {
    private static let coordinate = String(repeating: "A", count: 43)
    private static let point: JSONObject = [
        "kty": "EC", "crv": "P-256", "x": .string(coordinate), "y": .string(coordinate),
    ]

    private func with(_ changes: [String: JSONValue?]) -> JSONObject {
        var key = Self.point
        for (name, value) in changes { key[name] = value }
        return key
    }

    private func refusal(_ key: JSONObject) throws -> JWKRefusalReason? {
        try JWKSet(jwks: ["keys": [.object(key)]]).refusals.first?.reason
    }

    @Test(
        arguments: [
            ["kty": "ec"], ["kty": "FOO"], ["crv": "P-999"], ["crv": "secp256k1"], ["kty": "OKP", "crv": "X25519"],
        ] as [[String: JSONValue?]])
    func leavesOutUnknownKinds(_ changes: [String: JSONValue?]) throws {
        #expect(try refusal(with(changes)) == .unsupported)
    }

    @Test(arguments: ["d", "p", "q", "dp", "dq", "qi", "oth", "k"])
    func refusesKeysPublishedWithPrivateMembers(_ name: String) throws {
        #expect(try refusal(with([name: "AA"])) == .privateMembers)
    }

    @Test(
        arguments: [
            ["use": "enc"], ["key_ops": ["encrypt"]], ["key_ops": ["sign"]], ["key_ops": []],
            ["use": "sig", "key_ops": ["encrypt"]],
        ] as [[String: JSONValue?]])
    func refusesOtherPurposes(_ changes: [String: JSONValue?]) throws {
        #expect(try refusal(with(changes)) == .purpose)
    }

    @Test(
        arguments: [
            ("kid", ["kid": 1]), ("kid", ["kid": .string(String(repeating: "k", count: 257))]),
            ("use", ["use": 1]), ("key_ops", ["key_ops": "verify"]), ("kty", ["kty": .none]), ("kty", ["kty": .null]),
            ("alg", ["alg": 1]),
            ("x", ["x": .none]), ("x", ["x": .null]), ("x", ["x": 1]), ("x", ["x": ""]), ("x", ["x": "AA"]),
            ("y", ["y": .string(coordinate + "==")]), ("y", ["y": .string(coordinate + " ")]),
            ("y", ["y": .string("=" + coordinate)]), ("y", ["y": .string(coordinate.dropLast() + "==")]),
            ("y", ["y": .string(coordinate + "AA")]), ("crv", ["crv": .none]),
        ] as [(String, [String: JSONValue?])])
    func refusesMalformedMembers(_ name: String, _ changes: [String: JSONValue?]) throws {
        #expect(try refusal(with(changes)) == .malformed(name))
    }

    @Test func refusesSymmetricKeysAndForeignAlgorithms() throws {
        #expect(try refusal(["kty": "oct", "k": "AAAA"]) == .symmetric)
        #expect(try refusal(with(["alg": "ECDH-ES"])) == .algorithm)
        #expect(try JWKSet(jwks: ["keys": ["x"]]).refusals.first?.reason == .notAnObject)
    }

    @Test func keepsTheGoodKeysAmongBadOnes() throws {
        let good = try SigningKey.generate(.es256)
        let elements: [JSONValue] = [
            .null, "x", ["kty": "FOO"], .object(good.publicJWK), .object(with(["use": "enc"])),
        ]
        let keys = try JWKSet(jwks: ["keys": .array(elements), "extra": 1])
        #expect(keys.count == 1)
        #expect(keys.refusals.map(\.index) == [0, 1, 2, 4])
        #expect(keys.contains(try #require(good.keyID)))
    }

    @Test(arguments: [
        "", "<html>", "[]", "{}", "{\"keys\":{}}", "{\"keys\":null}", "{\"keys\":[],}", "{\"keys\":[],\"keys\":[]}",
        "\u{FEFF}{\"keys\":[]}",
    ])
    func refusesWhatIsNoSet(_ text: String) {
        #expect(throws: KeyError.self) { try JWKSet(jwks: Array(text.utf8)) }
    }

    @Test func boundsTheNumberOfKeysAndTheSize() throws {
        let element = JSONValue.object(Self.point)
        #expect(try JWKSet(jwks: ["keys": .array(Array(repeating: element, count: 1_000))]).count == 1_000)
        #expect(throws: KeyError.tooManyKeys(limit: 1_000)) {
            try JWKSet(jwks: ["keys": .array(Array(repeating: element, count: 1_001))])
        }
        #expect(throws: KeyError.tooManyKeys(limit: 1_000)) {
            try JWKSet(jwks: Array("{\"keys\":[\(String(repeating: "{},", count: 10_000)){}]}".utf8))
        }
        #expect(throws: KeyError.malformedKeySet) {
            try JWKSet(jwks: Array("{\"keys\":[],\"x\":[\(String(repeating: "1,", count: 10_000))1]}".utf8))
        }
        let padding = [UInt8](repeating: 0x20, count: 524_288)
        #expect(throws: KeyError.malformedKeySet) { try JWKSet(jwks: Array("{\"keys\":[]}".utf8) + padding) }
    }

    /// The key of the token before is tried first, and not again: the fourth key still has its turn, the fifth has none.
    @Test func countsTheKeyOfTheTokenBeforeAsACandidate() throws {
        let issuer = try TestIssuer.get()
        let name = try KeyID("same")
        let signers = try (0..<5).map { _ in try SigningKey.generate(.es256, keyID: name) }
        let keys = LocalJWKSet(try JWKSet(jwks: SigningKey.jwkSet(signers)), of: issuer.issuer)
        let verifier = IDTokenVerifier(keys: keys, algorithms: [.es256])
        let tokens = try signers.map { RawIDToken(try $0.signed(type: "JWT", claims: issuer.claims()).exposedText) }
        for first in tokens.prefix(4) {
            for (index, second) in tokens.enumerated() {
                #expect(issuer.refusal(of: first, by: verifier) == nil)
                #expect((issuer.refusal(of: second, by: verifier) == nil) == (index < 4))
            }
        }
    }

    @Test func takesTwoSignaturesOfOneNameButNoMoreThanFourCandidates() throws {
        let issuer = try TestIssuer.get()
        let signer = try SigningKey.generate(.es256, keyID: KeyID("same"))
        let token = RawIDToken(try signer.signed(type: "JWT", claims: issuer.claims()).exposedText)
        for (others, isAccepted) in [(0, true), (3, true), (4, false)] {
            let decoys = try (0..<others).map { _ in try SigningKey.generate(.es256, keyID: KeyID("same")) }
            let verifier = IDTokenVerifier(
                keys: LocalJWKSet(try JWKSet(jwks: SigningKey.jwkSet(decoys + [signer])), of: issuer.issuer),
                algorithms: [.es256])
            let token = try? verifier.verify(token, expecting: issuer.expectations(), at: TestIssuer.now)
            #expect((token != nil) == isAccepted)
        }
    }

    @Test func choosesAmongKeysOfOneNameByKind() throws {
        let issuer = try TestIssuer.get()
        let name = try KeyID("same")
        let (rsa, ec) = (try SigningKey.generate(.rs256, keyID: name), try SigningKey.generate(.es256, keyID: name))
        let keys = LocalJWKSet(try JWKSet(jwks: SigningKey.jwkSet([ec, rsa])), of: issuer.issuer)
        let token = RawIDToken(try rsa.signed(type: "JWT", claims: issuer.claims()).exposedText)
        let verifier = IDTokenVerifier(keys: keys, algorithms: [.rs256, .es256])
        #expect(throws: Never.self) { try verifier.verify(token, expecting: issuer.expectations(), at: TestIssuer.now) }
    }
}
