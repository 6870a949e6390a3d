import CFloor
import JOSE
import Support

/// The number of allocations of one verification, including those of libcrypto.
struct AllocationFigures {
    let corpus: Corpus

    func measure(_ report: inout Report) throws {
        var table = Table("allocations", "per verification")
        for (name, engine, bound) in [
            ("evp", SignatureEngine.standard, 14.0), ("chain", SignatureEngine.montgomeryChain, 3.0),
        ] {
            guard let counted = try allocations(engine) else {
                report.add(
                    Figure(skipped: "allocs_\(name)", bound: .atMost(bound), because: "the counter is not preloaded"))
                continue
            }
            table.row(name, "\(counted.rounded(to: 2))")
            report.add(Figure("allocs_\(name)", value: counted, bound: .atMost(bound)))
        }
        report.add(table)
    }

    private func allocations(_ engine: SignatureEngine) throws -> Double? {
        let verifier = try corpus.verifier(JWKPolicy(engine: engine))
        return AllocationCount.perOperation(of: corpus.tokens.count) { corpus.accepted(by: verifier, in: $0) }
    }
}
