import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// The examples printed in RFC 7515, 7517, 7638 and 8037, and those of RFC 7520 (the cookbook).
@Suite struct PublishedExampleTests {
    private func document() throws -> JSONObject {
        try JSONReader.object(try VectorFile.own("rfc/rfc_examples.json"))
    }

    /// The examples print private keys; a set may publish only the public members.
    private func published(_ key: JSONObject) -> JSONObject {
        guard key["kty"] != "oct" else { return key }
        return JSONObject(
            key.members.filter { !["d", "p", "q", "dp", "dq", "qi"].contains($0.name) }.map { ($0.name, $0.value) })
    }

    @Test func verifiesTheSignaturesOfTheRFCs() throws {
        let examples = try #require(try document()["jws"]?.arrayValue).compactMap(\.objectValue)
        #expect(examples.count == 6)
        for example in examples {
            let compact = try #require(example["compact"]?.stringValue)
            let key = published(example["key"]?.objectValue ?? ["kty": "RSA"])
            let payload = try RawVerification.payload(compact, key: key)
            #expect((payload != nil) == (example["expect"] == "accept"), "\(example["ref"]?.stringValue ?? "")")
        }
    }

    @Test(arguments: [
        "jws/4_1.rsa_v15_signature", "jws/4_2.rsa-pss_signature", "jws/4_3.ecdsa_signature",
        "jws/4_4.hmac-sha2_integrity_protection", "curve25519/jws",
    ])
    func verifiesTheCookbook(_ name: String) throws {
        let example = try JSONReader.object(try VectorFile.bytes("ietf-jose-cookbook/\(name).json"))
        let input = try #require(example["input"]?.objectValue)
        let key = published(try #require(input["key"]?.objectValue))
        let compact = try #require(example["output"]?.objectValue?["compact"]?.stringValue)
        let payload = try RawVerification.payload(compact, key: key)
        #expect(payload == input["payload"]?.stringValue.map { Array($0.utf8) })
    }

    @Test func makesTheThumbprintsOfTheRFCs() throws {
        let examples = try #require(try document()["thumbprints"]?.arrayValue).compactMap(\.objectValue)
        #expect(examples.count == 2)
        for example in examples {
            let keys = try KeySet(jwks: ["keys": [try #require(example["jwk"])]])
            #expect(try keys.keys.first?.jwk.thumbprint() == example["sha256"]?.stringValue)
        }
    }

    @Test func takesFromPublishedSetsWhatCanVerify() throws {
        let examples = try #require(try document()["jwk"]?.arrayValue).compactMap(\.objectValue)
        let sets = examples.compactMap { $0["jwks"]?.objectValue }
        let first = try KeySet(jwks: try #require(sets.first))
        #expect(first.keys.map(\.jwk.keyID?.text) == ["2011-04-29"])
        #expect(first.refusals.map(\.reason) == [.purpose])
        let privateKeys = try KeySet(jwks: try #require(sets.dropFirst().first))
        #expect(privateKeys.refusals.map(\.reason) == [.privateMembers, .privateMembers])
    }
}
