import CFloor
import JOSE
import OAuthTypes
import Support

/// Whole verifications, from the text of the token to the validated `IDToken`, compared with the floor.
struct VerificationFigures {
    let corpus: Corpus
    let floor: Floor
    let rounds: Int

    func measure(_ report: inout Report) throws {
        let evp = try subject("EVP engine (default)", engine: .standard)
        let chain = try subject("Montgomery chain", engine: .montgomeryChain)
        let samples = try Interleaving.measure(
            [Subject("floor", run: floor.verify), evp, chain], tokens: corpus.tokens.count, rounds: rounds)
        var table = Table(
            "RS256, \(corpus.tokens.count) tokens", "min µs", "median µs", "ratio of minima", "of medians")
        for (name, sample) in zip(["floor: SHA-256 + EVP_PKEY_verify, kept", evp.name, chain.name], samples) {
            table.row(
                name, sample.minimum.microseconds, sample.median.microseconds,
                (samples[0].minimum / sample.minimum).ratio, (samples[0].median / sample.median).ratio)
        }
        report.add(table)
        report.note(disturbed: zip(["floor", evp.name, chain.name], samples).filter { $1.areDisturbed }.map(\.0))
        report.add(Figure("rs256_evp_ratio", value: samples[0].minimum / samples[1].minimum, bound: .atLeast(0.92)))
        report.add(Figure("rs256_chain_ratio", value: samples[0].minimum / samples[2].minimum, bound: .atLeast(1.08)))
    }

    private func subject(_ name: String, engine: SignatureEngine) throws -> Subject {
        let verifier = try corpus.verifier(JWKPolicy(engine: engine))
        try corpus.proveThatChangedSignaturesAreRefused(by: verifier, subject: name)
        return Subject(name) { corpus.accepted(by: verifier, in: $0) }
    }
}
