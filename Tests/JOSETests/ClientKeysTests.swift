import JOSE
import OAuthTypes
import Testing
import WireFormats

@Suite struct ClientKeysTests {
    @Test func readsPEMOneJWKAndASet() throws {
        let key = try SigningKey.generate(.es256)
        #expect(try ClientKeys(reading: key.pem()).publicJWKs == [key.publicJWK])
        let rsa = try PrivateJWKTests.published("RSA")
        let one = try ClientKeys(reading: JSONWriter.bytes(rsa))
        #expect(one.signer.algorithm == .rs256)
        let set: JSONObject = ["keys": [.object(try PrivateJWKTests.published("EC P-256")), .object(rsa)]]
        let both = try ClientKeys(reading: Array(" \n".utf8) + JSONWriter.bytes(set))
        #expect(both.signer.algorithm == .es256)
        #expect(both.publicJWKs.count == 2)
    }

    @Test func publishesNothingPrivate() throws {
        let keys = try ClientKeys(reading: JSONWriter.bytes(try PrivateJWKTests.published("RSA")))
        let published = try #require(keys.jwkSet["keys"]?.arrayValue?.first?.objectValue)
        #expect(["d", "p", "q", "dp", "dq", "qi"].allSatisfy { published[$0] == nil })
        #expect(published["use"] == "sig")
        #expect(throws: KeyError.privateKey) {
            try ClientKeys(signer: SigningKey.generate(.es256), publicJWK: ["kty": "EC", "d": "AA"])
        }
    }

    @Test(
        arguments: [
            ("{", .malformedKeySet), (#"{"keys":[]}"#, .missingKeys), (#"{"keys":[1]}"#, .malformedKeySet),
            (#"{"kty":"oct"}"#, .privateKeyMember("kty")), ("", .malformedPrivateKey), ("key", .malformedPrivateKey),
            (#"{"keys":["# + Array(repeating: "{}", count: 17).joined(separator: ",") + "]}", .tooManyKeys(limit: 16)),
        ] as [(String, KeyError)])
    func namesWhatIsWrong(_ text: String, error: KeyError) {
        #expect(throws: error) { try ClientKeys(reading: Array(text.utf8)) }
    }

    @Test func theNextKeySignsOnlyAfterItWasAnnounced() async throws {
        let (old, next) = (try SigningKey.generate(.es256), try SigningKey.generate(.es256))
        var keys = ClientKeys(old)
        keys.announce(next)
        let ring = ClientKeyRing(keys)
        #expect(ring.keyID == old.keyID)
        #expect(ring.current.publicJWKs == [old.publicJWK, next.publicJWK])
        var later = ClientKeys(next)
        later.announce(old)
        ring.replace(with: later)
        let signed = try await ring.sign(type: "JWT", claims: [:])
        let header = try JSONReader.object(
            try #require(Base64URL.decode(String(signed.exposedText.prefix { $0 != "." }))))
        #expect(header["kid"]?.stringValue == next.keyID?.text)
        #expect(ring.current.publicJWKs == [next.publicJWK, old.publicJWK])
    }

    @Test func aKeyThatNamesATokenEndpointServesOneIssuer() throws {
        let (one, other) = (try Issuer("https://one.example"), try Issuer("https://other.example"))
        let shared = ClientKeyRing(ClientKeys(try SigningKey.generate(.es256)))
        #expect(shared.serve(one, namingTokenEndpoint: false))
        #expect(shared.serve(other, namingTokenEndpoint: false))
        #expect(!shared.serve(one, namingTokenEndpoint: true))
        let own = ClientKeyRing(ClientKeys(try SigningKey.generate(.es256)))
        #expect(own.serve(one, namingTokenEndpoint: true))
        #expect(own.serve(one, namingTokenEndpoint: true))
        #expect(!own.serve(other, namingTokenEndpoint: false))
    }
}
