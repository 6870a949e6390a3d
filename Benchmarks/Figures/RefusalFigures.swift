import JOSE
import OAuthTypes
import Support

/// The cost of a token that is refused before its signature is checked.
struct RefusalFigures {
    let corpus: Corpus
    let floor: Floor
    let rounds: Int

    func measure(_ report: inout Report) throws {
        let verifier = try corpus.verifier()
        let reasons = RefusedTokens(corpus).byReason
        var subjects = [Subject("floor", run: floor.verify)]
        for (reason, tokens) in reasons {
            subjects.append(Subject(reason) { refused(tokens, by: verifier, in: $0) })
        }
        let samples = try Interleaving.measure(subjects, tokens: corpus.tokens.count, rounds: rounds)
        var table = Table("refused token of 902 octets", "min ns", "median ns", "in floor verifications")
        var worst = 0.0
        for (subject, sample) in zip(subjects, samples).dropFirst() {
            let cost = sample.minimum / samples[0].minimum
            worst = max(worst, cost)
            table.row(subject.name, "\(Int(sample.minimum))", "\(Int(sample.median))", cost.ratio)
        }
        report.add(table)
        report.note(disturbed: zip(subjects, samples).filter { $1.areDisturbed }.map(\.0.name))
        report.add(Figure("refused_902", value: worst, bound: .atMost(0.12)))
        try measureDots(&report)
    }

    /// One megabyte of dots, with the default limits, which refuse it, and with limits that admit it.
    private func measureDots(_ report: inout Report) throws {
        let dots = RawIDToken(String(repeating: ".", count: 1_000_000))
        let tokens = Array(repeating: dots, count: 10)
        let standard = try corpus.verifier()
        let wide = try corpus.verifier(limits: TokenLimits(tokenOctets: 2_000_000))
        let subjects = [
            Subject("floor", run: floor.verify),
            Subject("default limits") { refused(tokens, by: standard, in: $0) },
            Subject("limit of 2 MB") { refused(tokens, by: wide, in: $0) },
        ]
        let samples = try Interleaving.measure(subjects, tokens: 10, rounds: rounds, batch: 10)
        var table = Table("1 MB of dots", "min µs", "in floor verifications")
        for (subject, sample) in zip(subjects, samples).dropFirst() {
            table.row(subject.name, sample.minimum.microseconds, (sample.minimum / samples[0].minimum).ratio)
        }
        report.add(table)
        let worst = max(samples[1].minimum, samples[2].minimum) / samples[0].minimum
        report.add(Figure("refused_1mb_dots", value: worst, bound: .atMost(50)))
    }

    private func refused(
        _ tokens: [RawIDToken], by verifier: IDTokenVerifier<LocalJWKSet>, in batch: Range<Int>
    ) -> Int {
        var refused = 0
        for index in batch {
            do {
                _ = try verifier.verify(tokens[index], expecting: corpus.expectations[index], at: corpus.now)
            } catch {
                if case .jws = error.reason { refused += 1 }
            }
        }
        return refused
    }
}
