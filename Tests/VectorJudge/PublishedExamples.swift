import JOSE
import TestSupport
package import WireFormats

/// The examples printed in RFC 7515, 7516, 7517, 7638 and 8037, Tests/Vectors/rfc.
package enum PublishedExamples {
    package static func verdicts() throws -> Verdicts {
        let document = try VectorDocument.own("rfc/rfc_examples.json")
        var verdicts = Verdicts()
        for example in objects(document, named: "jws") {
            let key = published(example["key"]?.objectValue ?? ["kty": "RSA"])
            let payload = try RawVerification.payload(example["compact"]?.stringValue ?? "", key: key)
            let expected: Verdicts.Expected = example["expect"] == "accept" ? .accept : .refuse
            verdicts.record(label(example), accepted: payload != nil, expected: expected)
        }
        for example in objects(document, named: "jwe") {
            let key = published(example["key"]?.objectValue ?? [:])
            let payload = try RawVerification.payload(example["compact"]?.stringValue ?? "", key: key)
            verdicts.record(label(example), accepted: payload != nil, expected: .policy)
        }
        for example in objects(document, named: "thumbprints") {
            let keys = try JWKSet(jwks: ["keys": [example["jwk"] ?? .null]])
            let isRight = try keys.keys.first?.jwk.thumbprint() == example["sha256"]?.stringValue
            verdicts.record(label(example), accepted: isRight, expected: .accept)
        }
        // The proof key of RFC 7636 is AuthURL's, whose tests have it.
        verdicts.leaveOut(objects(document, named: "pkce").count)
        try judgeKeys(objects(document, named: "jwk"), verdicts: &verdicts)
        return verdicts
    }

    /// Which keys of each printed set may verify: the RSA key of the first, whose other key is for encryption; none of
    /// the second and third, which print private and symmetric keys; the one with a certificate.
    private static let usableKeys = [1, 0, 0, 1]

    private static func judgeKeys(_ examples: [JSONObject], verdicts: inout Verdicts) throws {
        for (example, count) in zip(examples, usableKeys) {
            let set = example["jwks"]?.objectValue ?? ["keys": [example["jwk"] ?? .null]]
            verdicts.record(label(example), accepted: try JWKSet(jwks: set).count == count, expected: .accept)
        }
    }

    /// The examples print private keys; a set may publish only the public members.
    package static func published(_ key: JSONObject) -> JSONObject {
        guard key["kty"] != "oct" else { return key }
        return JSONObject(
            key.members.filter { !["d", "p", "q", "dp", "dq", "qi"].contains($0.name) }.map { ($0.name, $0.value) })
    }

    private static func objects(_ document: JSONObject, named name: String) -> [JSONObject] {
        document[name]?.arrayValue?.compactMap(\.objectValue) ?? []
    }

    private static func label(_ example: JSONObject) -> String { example["ref"]?.stringValue ?? "" }
}
