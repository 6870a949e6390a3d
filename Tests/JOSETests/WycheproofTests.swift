import Testing
import VectorJudge

/// Project Wycheproof's vectors for JOSE, with our corrections of its expectations (overrides.json says why for each).
@Suite struct WycheproofTests {
    @Test(arguments: Wycheproof.files(on: .jose))
    func judgesEveryJWSAndKeySetRight(_ file: Wycheproof.File) throws {
        let verdicts = try #require(try file.judge())
        #expect(verdicts.wrong == [])
        #expect(verdicts.judged + verdicts.leftOut == file.count)
    }

    /// Header and key that name different algorithms, and a set of symmetric keys: ours to decide, refused.
    @Test(arguments: [("json_web_signature", 4, 0), ("json_web_crypto", 1, 34)])
    func countsWhatPolicyDecides(name: String, policies: Int, leftOut: Int) throws {
        let file = try #require(Wycheproof.files.first { $0.description == name })
        let verdicts = try #require(try file.judge())
        #expect(verdicts.policies == policies)
        #expect(verdicts.leftOut == leftOut)
    }

    @Test func decidesAboutEveryFileOfTheSet() throws {
        #expect(try Wycheproof.disagreements() == [])
        #expect(Wycheproof.files.count { $0.count != nil } == 46)
        #expect(Wycheproof.files.reduce(0) { $0 + ($1.count ?? 0) } == 9_186)
    }
}
