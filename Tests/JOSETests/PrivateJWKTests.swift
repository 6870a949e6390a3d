import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Private keys in the form of a JWK, with those that RFC 7515 and RFC 7517 print.
@Suite struct PrivateJWKTests {
    @Test(arguments: ["RSA", "EC P-256", "EC P-521"]) func signsWhatItsPublicHalfVerifies(_ kind: String) throws {
        let key = try SigningKey(jwk: try Self.published(kind))
        let claims: JSONObject = ["a": 1]
        let signed = try key.signed(type: "JWT", claims: claims)
        let keys = try JWKSet(jwks: SigningKey.jwkSet([key]))
        #expect(keys.keys.count == 1)
        #expect(signed.exposedText.split(separator: ".").count == 3)
        for member in ["n", "x", "y"] {
            #expect(key.publicJWK[member] == (try Self.published(kind))[member])
        }
    }

    @Test func anOctetKeyPairIsReadFromItsDER() throws {
        // 0, then the algorithm, then the key in two OCTET STRINGs (RFC 8410 §7).
        let made = try SigningKey.generate(.edDSA)
        let pem = String(decoding: try made.pem(), as: UTF8.self)
        let body = pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
        let seed = try #require(Base64.decode(body)).suffix(32)
        var jwk = made.publicJWK
        jwk["d"] = .string(Base64URL.encode(seed))
        let read = try SigningKey(jwk: jwk)
        #expect(read.publicJWK == made.publicJWK)
        #expect(read.algorithm == .edDSA)
    }

    @Test func algAndKidOfTheKeyCountAndElseItsKind() throws {
        var jwk = try Self.published("RSA")
        #expect(try SigningKey(jwk: jwk).algorithm == .rs256)
        jwk["alg"] = "PS256"
        jwk["kid"] = "one"
        let key = try SigningKey(jwk: jwk)
        #expect(key.algorithm == .ps256)
        #expect(key.keyID?.text == "one")
        #expect(try SigningKey(jwk: jwk, keyID: KeyID("two")).keyID?.text == "two")
        #expect(try SigningKey(jwk: Self.published("EC P-521")).algorithm == .es512)
    }

    @Test(arguments: ["kty", "n", "e", "d", "p", "q", "dp", "dq", "qi"])
    func aMemberThatIsMissingOrNoBase64URLIsNamed(_ member: String) throws {
        for value: JSONValue? in [nil, "", "+/==", 1, .null] {
            var jwk = try Self.published("RSA")
            jwk[member] = value
            #expect(throws: KeyError.privateKeyMember(member)) { try SigningKey(jwk: jwk) }
        }
    }

    @Test(arguments: [
        ("alg", "HS256"), ("alg", "none"), ("crv", "secp256k1"), ("kty", "oct"), ("d", "AA"), ("x", "AA"),
        ("use", "enc"), ("key_ops", "sign"),
    ])
    func whatFitsNoKeyIsRefused(_ member: String, value: String) throws {
        var jwk = try Self.published("EC P-256")
        jwk[member] = .string(value)
        #expect(throws: KeyError.privateKeyMember(member)) { try SigningKey(jwk: jwk) }
    }

    @Test func aKeyWhosePublicHalfIsAnothersIsRefused() throws {
        var jwk = try Self.published("EC P-256")
        let other = try SigningKey.generate(.es256).publicJWK
        jwk["x"] = other["x"]
        jwk["y"] = other["y"]
        #expect(throws: KeyError.unacceptablePrivateKey) { try SigningKey(jwk: jwk) }
    }

    @Test(arguments: SignatureAlgorithm.allCases.filter { ![.ed25519, .ed448].contains($0) })
    func aPEMFileTellsItsAlgorithmByItsKind(_ algorithm: SignatureAlgorithm) throws {
        let key = try SigningKey.generate(algorithm)
        let read = try SigningKey(pem: key.pem())
        let kind = algorithm.name.rawValue.prefix(2)
        #expect(read.algorithm == (["RS", "PS"].contains(kind) ? .rs256 : algorithm.name))
        #expect(read.thumbprint == key.thumbprint)
    }

    static func published(_ kind: String) throws -> JSONObject {
        let document = try JSONReader.object(try VectorFile.own("rfc/rfc_examples.json"))
        let examples = try #require(document["jws"]?.arrayValue).compactMap { $0.objectValue?["key"]?.objectValue }
        return try #require(
            examples.first { [$0["kty"], $0["crv"]].compactMap { $0?.stringValue }.joined(separator: " ") == kind })
    }
}
