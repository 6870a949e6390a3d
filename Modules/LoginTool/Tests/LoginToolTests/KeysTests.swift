import JOSE
import LoginToolCommands
import OAuthTypes
import SessionStore
import Testing
import WireFormats

@Suite struct KeysTests {
    @Test(arguments: SignatureAlgorithm.allCases)
    func showsTheThumbprintAndTheAlgorithm(_ algorithm: SignatureAlgorithm) throws {
        let key = try SigningKey.generate(algorithm)
        let report = try Self.report(of: SigningKey.jwkSet([key]))
        let shown = try #require(report.keys.first)
        #expect(report.status == .success)
        #expect(shown["thumbprint"] == .string(key.thumbprint))
        #expect(shown["verifies"]?.arrayValue?.contains(.string(key.algorithm.rawValue)) == true)
        #expect(shown["left_out"] == .null)
    }

    @Test func showsAllAlgorithmsOfAKeyThatNamesNone() throws {
        var jwk = try SigningKey.generate(.rs256).publicJWK
        jwk["alg"] = Optional.none
        let report = try Self.report(of: ["keys": [.object(jwk)]])
        #expect(report.keys.first?["verifies"] == ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"])
    }

    // A change of a good EC key, and the reason that must be shown.
    private static let changes: [(JSONObject, String)] = [
        (["d": "AAAA"], "a private key was published"), (["use": "enc"], "not meant for verifying"),
        (["alg": "ES999"], "unsupported algorithm"), (["crv": "secp256k1"], "unsupported key type or curve"),
        (["x": "AAAA"], "x is missing or malformed"), (["kty": "oct", "k": "AAAA"], "a symmetric key"),
        (["y": .string(String(repeating: "A", count: 43))], "curve"),
    ]

    @Test(arguments: changes)
    func saysWhyAKeyIsLeftOut(_ change: JSONObject, reason: String) throws {
        var jwk = try SigningKey.generate(.es256).publicJWK
        for (name, value) in change.members { jwk[name] = value }
        let report = try Self.report(of: ["keys": [.object(jwk)]])
        #expect(report.status == .refused)
        #expect(report.keys.first?["left_out"]?.stringValue?.contains(reason) == true)
        #expect(report.keys.first?["thumbprint"] == .null)
    }

    @Test func judgesWeakRSAKeys() throws {
        let jwk: JSONObject = [
            "kty": "RSA", "e": "AQAB", "n": .string("w" + String(repeating: "V", count: 169) + "E"),
        ]
        let report = try Self.report(of: ["keys": [.object(jwk), 7]])
        #expect(report.keys.first?["left_out"]?.stringValue?.contains("1024") == true)
        #expect(report.keys.last?["left_out"] == "not an object")
    }

    @Test(arguments: ["", "[]", "{}", "{\"keys\":{}}", "<html>"])
    func refusesWhatIsNoKeySet(_ text: String) {
        let session = Session(["keys", "-"], input: text)
        #expect(session.status == .refused)
        #expect(session.output == "")
        #expect(session.complaint.filter { $0 == "\n" }.count == 1)
    }

    @Test(arguments: ["http://issuer.example/jwks", "ftp://issuer.example", "no/such/file"])
    func refusesPlacesThatCannotBeRead(_ place: String) {
        #expect(Session(["keys", place]).status == .misused)
    }

    @Test func fetchesAKeySet() async throws {
        let provider = try ScriptedProvider()
        let found = await Examination(provider, ["keys", "https://issuer.example/jwks"])
        #expect(found.status == .success && found.output.hasSuffix("1 of 1 keys can be used\n"))
        #expect(found.requests.count == 1)
        let missing = await Examination(provider, ["keys", "https://issuer.example/none"])
        #expect(missing.status == .misused && missing.complaint.contains("answered 302 instead of a document"))
    }

    private static func report(of set: JSONObject) throws -> (status: LoginTool.Status, keys: [JSONObject]) {
        let session = Session(["keys", "--json", "-"], input: JSONValue.object(set).text())
        let value = try #require(JSONValue(parsing: Array(session.output.utf8))?.objectValue)
        return (session.status, value["keys"]?.arrayValue?.compactMap(\.objectValue) ?? [])
    }
}

@Suite struct SecretTests {
    @Test func printsAnother32OctetsEachTime() throws {
        let texts = (0..<20).map { _ in Session(["session-secret"]).output }
        #expect(Set(texts).count == texts.count)
        #expect(texts.allSatisfy { $0.hasSuffix("\n") && (try? SealingKeys(parsing: String($0.dropLast()))) != nil })
        #expect(texts.allSatisfy { $0.utf8.count == 65 })
    }
}
