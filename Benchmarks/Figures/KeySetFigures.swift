import CFloor
import JOSE
import Support

/// A set of 1,000 keys: parsing it, and the first verification by one of its keys.
struct KeySetFigures {
    let corpus: Corpus
    let floor: Floor
    let rounds: Int

    func measure(_ report: inout Report) throws {
        let text = KeySetText.many(corpus, count: 1_000)
        guard try JWKSet(jwks: text).count == 1_000 else { throw WrongAnswerError(subject: "set of 1,000 keys") }
        var floors = Samples()
        var parses = Samples()
        var firstUses = Samples()
        for round in 0...rounds {
            let start = cfloor_thread_nanoseconds()
            let right = floor.verify(0..<Interleaving.batch)
            let floorDone = cfloor_thread_nanoseconds()
            let keys = try JWKSet(jwks: text)
            let parsed = cfloor_thread_nanoseconds()
            let verifier = corpus.verifier(of: keys)
            let index = round % corpus.tokens.count
            let ready = cfloor_thread_nanoseconds()
            let accepted = corpus.accepted(by: verifier, in: index..<(index + 1))
            let used = cfloor_thread_nanoseconds()
            guard right == Interleaving.batch, accepted == 1 else {
                throw WrongAnswerError(subject: "set of 1,000 keys")
            }
            guard round > 0 else { continue }
            floors.add(floorDone - start, of: Interleaving.batch)
            parses.add(parsed - floorDone, of: 1)
            firstUses.add(used - ready, of: 1)
        }
        addFigures(to: &report, floors: floors, parses: parses, firstUses: firstUses)
    }

    private func addFigures(to report: inout Report, floors: Samples, parses: Samples, firstUses: Samples) {
        var table = Table("set of 1,000 RSA keys", "min µs", "median µs", "in floor verifications")
        for (name, samples) in [("parse", parses), ("first verification by one key", firstUses)] {
            table.row(
                name, samples.minimum.microseconds, samples.median.microseconds,
                (samples.minimum / floors.minimum).ratio)
        }
        report.add(table)
        let all = [("floor", floors), ("parse", parses), ("first use", firstUses)]
        report.note(disturbed: all.filter { $1.areDisturbed }.map(\.0))
        report.add(Figure("jwks_1000_parse", value: parses.minimum / floors.minimum, bound: .atMost(60)))
        report.add(Figure("jwks_1000_first_use", value: firstUses.minimum / floors.minimum, bound: .atMost(4)))
    }
}
