import TestSupport
import VectorJudge
import WireFormats

extension Section {
    private static let memoryBound = 16.0
    private static let timeBound = 50.0

    /// Judges and measures every case. A trap would end this program, and so fail it.
    static func attacks() throws -> Section {
        let corpus = try AttackCorpus()
        let decided = corpus.cases.filter { $0.expected != .either }
        let wrong = decided.filter { (corpus.refusal(of: $0) == nil) != ($0.expected == .accept) }
        var section = Section()
        section.rows = [
            Row(
                name: "our attacks, decided", cases: decided.count, right: decided.count - wrong.count,
                note: "\(decided.count { $0.expected == .accept }) must be accepted, the others refused"),
            Row(
                name: "our attacks, free", cases: corpus.cases.count - decided.count,
                right: corpus.cases.count - decided.count, note: "either answer will do, without trap or delay"),
        ]
        section.figures = [
            .exactly("attack_cases_decided", value: decided.count, bound: 513),
            .exactly(
                "attack_cases_wrong", value: wrong.count, bound: 0, remark: wrong.map(\.id).joined(separator: ", ")),
            slowest(corpus), largest(corpus),
        ]
        return section
    }

    /// The same attacks under new keys, as Tests/Vectors/attacks/generate.py writes them to one line.
    static func freshAttacks(_ line: String) throws -> Figure {
        let document = try JSONReader.object(Array(line.utf8), limits: JSONLimits(octets: 1 << 24))
        let corpus = AttackCorpus(document)
        let decided = corpus.cases.filter { $0.expected != .either }
        let wrong = decided.filter { (corpus.refusal(of: $0) == nil) != ($0.expected == .accept) }
        let remark = wrong.map(\.id).joined(separator: ", ")
        return .exactly(
            "attack_cases_right_with_fresh_keys", value: decided.count - wrong.count, bound: 513, remark: remark)
    }

    private static func slowest(_ corpus: AttackCorpus) -> Figure {
        let times = corpus.cases.map { attack in
            (ProcessorTime.spent { _ = corpus.refusal(of: attack) }, attack.id)
        }
        guard let worst = times.max(by: { $0.0 < $1.0 }) else {
            return .atMost("attack_slowest_ms", value: .infinity, bound: 0)
        }
        return .atMost("attack_slowest_ms", value: worst.0 / .milliseconds(1), bound: timeBound, remark: worst.1)
    }

    private static func largest(_ corpus: AttackCorpus) -> Figure {
        let name = "attack_largest_growth_mib"
        guard ResidentMemory.seesEightMebibytes else {
            return .skipped(name, bound: "<=16", because: "this kernel keeps no high-water mark that can be reset")
        }
        var worst = (growth: 0, id: "")
        for attack in corpus.cases {
            let growth = ResidentMemory.growth { _ = corpus.refusal(of: attack) } ?? .max
            if growth > worst.growth { worst = (growth, attack.id) }
        }
        return .atMost(name, value: Double(worst.growth) / 1_048_576, bound: memoryBound, remark: worst.id)
    }
}
