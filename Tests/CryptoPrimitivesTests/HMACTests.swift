import CryptoPrimitives
import Testing
import VectorJudge

@Suite struct HMACTests {
    /// RFC 4231 §4.
    static let examples: [(key: String, message: String, sha256: String, sha512: String)] = [
        (
            String(repeating: "0b", count: 20), "4869205468657265",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"
        ),
        (
            "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
        ),
    ]

    @Test(arguments: examples)
    func authenticatesTheExamplesOfTheStandard(key: String, message: String, sha256: String, sha512: String) throws {
        let key = bytes(hex: key)
        let message = bytes(hex: message)
        #expect(try HMAC.authenticate(key: key, message: message, hash: .bits256) == bytes(hex: sha256))
        #expect(try HMAC.sha256(key: key, message: message) == bytes(hex: sha256))
        #expect(try HMAC.authenticate(key: key, message: message, hash: .bits512) == bytes(hex: sha512))
    }

    /// Half of the valid authenticators are truncated: those are never accepted.
    @Test(arguments: Wycheproof.files(on: .hmac))
    func judgesWycheproof(_ file: Wycheproof.File) throws {
        let verdicts = try #require(try file.judge())
        #expect(verdicts.wrong == [])
        #expect(verdicts.judged == file.count)
        #expect(verdicts.policies == 33)
    }

    @Test func refusesAnEmptyKey() {
        #expect(throws: CryptoError.emptyKey) { try HMAC.authenticate(key: [], message: [1]) }
        #expect(throws: CryptoError.emptyKey) { try HMAC.sha256(key: [], message: [1]) }
        #expect(!HMAC.verify([], key: [], message: [1]))
    }
}
