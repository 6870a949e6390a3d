import JOSE
import OAuthTypes
import Support

/// The cost of finding a bearer token that was verified before.
struct CacheFigures {
    let corpus: Corpus
    let floor: Floor
    let rounds: Int

    func measure(_ report: inout Report) throws {
        let tokens = try AccessTokenCorpus(corpus)
        let cached = try tokens.verifier(cachedTokens: 2 * corpus.tokens.count)
        guard tokens.accepted(by: cached, in: 0..<corpus.tokens.count) == corpus.tokens.count else {
            throw WrongAnswerError(subject: "cache")
        }
        let hits = Subject("cache hit") { tokens.accepted(by: cached, in: $0) }
        let samples = try Interleaving.measure(
            [Subject("floor", run: floor.verify), hits], tokens: corpus.tokens.count, rounds: rounds)
        var table = Table("verified-token cache", "min ns", "median ns", "in floor verifications")
        let cost = samples[1].minimum / samples[0].minimum
        table.row("hit", "\(Int(samples[1].minimum))", "\(Int(samples[1].median))", "\(cost.rounded(to: 4))")
        report.add(table)
        report.add(Figure("cache_hit", value: cost, bound: .atMost(1.0 / 35)))
    }
}
