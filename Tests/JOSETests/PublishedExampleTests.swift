import JOSE
import OAuthTypes
import TestSupport
import Testing
import VectorJudge
import WireFormats

/// The examples printed in RFC 7515, 7516, 7517, 7638 and 8037, and those of RFC 7520, 7797 and 8037 (the cookbook).
@Suite struct PublishedExampleTests {
    @Test func judgesTheExamplesOfTheRFCs() throws {
        let verdicts = try PublishedExamples.verdicts()
        #expect(verdicts.wrong == [])
        #expect(verdicts.judged == 15)
        #expect(verdicts.leftOut == 1)
    }

    @Test(arguments: Cookbook.examples)
    func judgesTheCookbook(_ example: Cookbook.Example) throws {
        let verdicts = try Cookbook.judge(example)
        #expect(verdicts.wrong == [])
        #expect(verdicts.judged > 0)
    }

    @Test func takesFromPublishedSetsWhatCanVerify() throws {
        let document = try JSONReader.object(try VectorFile.own("rfc/rfc_examples.json"))
        let examples = try #require(document["jwk"]?.arrayValue).compactMap(\.objectValue)
        let sets = examples.compactMap { $0["jwks"]?.objectValue }
        let first = try JWKSet(jwks: try #require(sets.first))
        #expect(first.keys.map(\.jwk.keyID?.text) == ["2011-04-29"])
        #expect(first.refusals.map(\.reason) == [.purpose])
        let privateKeys = try JWKSet(jwks: try #require(sets.dropFirst().first))
        #expect(privateKeys.refusals.map(\.reason) == [.privateMembers, .privateMembers])
    }
}
