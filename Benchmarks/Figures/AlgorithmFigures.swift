import JOSE
import Support

/// Whole verifications with the other algorithms, each compared with its own floor.
struct AlgorithmFigures {
    private static let tokens = 250
    let corpus: Corpus
    let rounds: Int

    func measure(_ report: inout Report) throws {
        var table = Table("other algorithms", "floor, min µs", "min µs", "median µs", "ratio of minima")
        for algorithm in [SignatureAlgorithm.ps256, .es256, .edDSA] {
            let keys = algorithm == .ps256 ? corpus : nil
            let corpus = try Corpus(algorithm, count: Self.tokens, keysOf: keys)
            let floor = try Floor(corpus)
            let verifier = try corpus.verifier()
            try corpus.proveThatChangedSignaturesAreRefused(by: verifier, subject: algorithm.description)
            let samples = try Interleaving.measure(
                [
                    Subject("floor", run: floor.verify),
                    Subject(algorithm.description) { corpus.accepted(by: verifier, in: $0) },
                ], tokens: Self.tokens, rounds: rounds)
            table.row(
                algorithm.description, samples[0].minimum.microseconds, samples[1].minimum.microseconds,
                samples[1].median.microseconds, (samples[0].minimum / samples[1].minimum).ratio)
        }
        report.add(table)
    }
}
