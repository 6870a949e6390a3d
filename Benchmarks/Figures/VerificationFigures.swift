import CFloor
import JOSE
import OAuthTypes
import Support

/// Whole verifications, from the token's text to the validated `IDToken`, claims unread, against the floor.
struct VerificationFigures {
    let corpus: Corpus
    let floor: Floor
    let rounds: Int

    func measure(_ report: inout Report) throws {
        let evp = try subject("EVP engine (default)", .standard)
        let chain = try subject("Montgomery chain", .montgomeryChain)
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
        report.add(Figure("rs256_evp_ratio", samples[0].minimum / samples[1].minimum, .atLeast(0.92)))
        report.add(Figure("rs256_chain_ratio", samples[0].minimum / samples[2].minimum, .atLeast(1.08)))
    }

    private func subject(_ name: String, _ engine: SignatureEngine) throws -> Subject {
        let verifier = try corpus.verifier(JWKPolicy(engine: engine))
        try corpus.proveThatChangedSignaturesAreRefused(by: verifier, name)
        return Subject(name) { corpus.accepted(by: verifier, $0) }
    }
}
