import JOSE
import TestSupport
import Testing
import VectorJudge

/// Our own corpus of forged and malformed tokens: every decided case, and no more than 50 ms for any.
@Suite struct AttackCorpusTests {
    private static let corpus = AttackCorpus.shared
    private static let idTokens = corpus.cases.filter { $0.profile == .idToken }

    @Test(arguments: idTokens.filter { $0.expected != .either })
    func judgesIDTokenAsDecided(_ attack: AttackCorpus.Case) {
        let refusal = Self.corpus.refusal(of: attack)
        #expect(
            (refusal == nil) == (attack.expected == .accept),
            "\(attack.why): \(refusal.map { "\($0)" } ?? "accepted")")
    }

    /// Directly from the token endpoint more is accepted, but nothing that the corpus decides.
    @Test(arguments: idTokens.filter { $0.expected != .either })
    func judgesIDTokenFromTheTokenEndpointAsDecided(_ attack: AttackCorpus.Case) {
        let refusal = Self.corpus.refusal(of: attack, from: .tokenEndpoint)
        #expect((refusal == nil) == (attack.expected == .accept), "\(attack.why)")
    }

    @Test(arguments: idTokens)
    func answersWithinFiftyMilliseconds(_ attack: AttackCorpus.Case) {
        let spent = ProcessorTime.spent { _ = Self.corpus.refusal(of: attack) }
        #expect(spent < ProcessorTime.bound(milliseconds: 50))
    }

    @Test(arguments: idTokens)
    func refusesEveryIDTokenAsAccessToken(_ attack: AttackCorpus.Case) {
        #expect(throws: TokenValidationError.self) {
            try Self.corpus.verifyAsAccessToken(attack, profile: .rfc9068, audience: Self.corpus.clientID)
        }
        #expect(throws: TokenValidationError.self) {
            try Self.corpus.verifyAsAccessToken(attack, profile: .auth0, audience: "https://api.example")
        }
    }

    @Test func holdsEveryCase() {
        #expect(Self.corpus.cases.count == 561)
    }
}
