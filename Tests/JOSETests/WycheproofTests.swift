import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Project Wycheproof's vectors, with our corrections of its expectations (overrides.json says why for each).
@Suite struct WycheproofTests {
    @Test func judgesEveryJWSRight() throws {
        let corrections = try #require(try document("overrides.json")["json_web_signature_test.json"]?.objectValue)
        let cases = try cases("json_web_signature_test.json")
        #expect(cases.count == 401)
        var policies = 0
        var wrong: [String] = []
        for test in cases {
            let corrected = corrections[test.id]?.objectValue?["strict"]?.stringValue
            if corrected == "policy" { policies += 1 }
            let isValid = (corrected ?? test.result) == "valid"  // where policy decides, we refuse
            if try accepts(test) != isValid { wrong.append(test.id) }
        }
        #expect(policies == 4)
        #expect(wrong == [])
    }

    /// The signature half of the older file that both formats came from; its sets of symmetric keys are never used.
    @Test func judgesEveryJWSAndKeySetOfTheCryptoFileRight() throws {
        let cases = try cases("json_web_crypto_test.json")
        #expect(cases.count == 48)  // one more is a JSON object, not text
        let wrong = try cases.filter { try accepts($0) != ($0.result == "valid" && $0.id != "48") }
        #expect(wrong.map(\.id) == [])
    }

    private struct Case {
        let id: String
        let result: String
        let compact: String
        let key: JSONObject
    }

    private func accepts(_ test: Case) throws -> Bool {
        let isSet = test.key["keys"] != nil
        let payload =
            try isSet
            ? RawVerification.payload(test.compact, keySet: test.key)
            : RawVerification.payload(test.compact, key: test.key)
        return payload != nil
    }

    private func document(_ name: String) throws -> JSONObject {
        try JSONReader.object(try VectorFile.bytes("wycheproof/\(name)"), limits: JSONLimits(octets: 1 << 24))
    }

    private func cases(_ name: String) throws -> [Case] {
        let groups = try document(name)["testGroups"]?.arrayValue ?? []
        return groups.compactMap(\.objectValue).flatMap { group in
            let key = (group["public"] ?? group["private"])?.objectValue ?? [:]
            return (group["tests"]?.arrayValue ?? []).compactMap { value -> Case? in
                guard let test = value.objectValue, let id = test["tcId"]?.intValue,
                    let result = test["result"]?.stringValue, let compact = test["jws"]?.stringValue
                else { return nil }
                return Case(id: String(id), result: result, compact: compact, key: key)
            }
        }
    }
}
