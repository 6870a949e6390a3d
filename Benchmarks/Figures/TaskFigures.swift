import CFloor
import JOSE
import Support

/// Whether two tasks that share one verifier do twice the work of one.
struct TaskFigures {
    private static let verifications = 4_000
    let corpus: Corpus
    let rounds: Int

    func measure(_ report: inout Report) async throws {
        let verifier = try corpus.verifier()
        var one = Samples()
        var two = Samples()
        var clean = 0
        // A round counts when all processors it wanted were ours; other programs would make one task look as slow as two.
        for _ in 0..<(10 * rounds) where clean < rounds {
            let single = await work(tasks: 1, verifier)
            let double = await work(tasks: 2, verifier)
            guard single.hadProcessors, double.hadProcessors else { continue }
            clean += 1
            one.add(single.wall, of: Self.verifications)
            two.add(double.wall, of: 2 * Self.verifications)
        }
        guard clean > 0 else {
            report.add(
                Figure(skipped: "two_tasks", .atLeast(1.9), because: "two idle processors were never there at once"))
            return
        }
        var table = Table("tasks sharing a verifier", "verifications per second", "\(clean) undisturbed rounds")
        table.row("1", "\(Int(1e9 / one.minimum))", "1.0")
        table.row("2", "\(Int(1e9 / two.minimum))", (one.minimum / two.minimum).ratio)
        report.add(table)
        report.add(Figure("two_tasks", one.minimum / two.minimum, .atLeast(1.9)))
    }

    private struct Work {
        let wall: Int64
        let hadProcessors: Bool
    }

    private func work(tasks: Int, _ verifier: IDTokenVerifier<StaticKeys>) async -> Work {
        let processorStart = cfloor_process_nanoseconds()
        let start = cfloor_wall_nanoseconds()
        let accepted = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<tasks {
                group.addTask { @concurrent in
                    (0..<(Self.verifications / corpus.tokens.count)).reduce(0) { sum, _ in
                        sum + corpus.accepted(by: verifier, 0..<corpus.tokens.count)
                    }
                }
            }
            return await group.reduce(0, +)
        }
        let wall = cfloor_wall_nanoseconds() - start
        let processor = cfloor_process_nanoseconds() - processorStart
        let isComplete = accepted == tasks * Self.verifications
        return Work(wall: wall, hadProcessors: isComplete && Double(processor) >= 0.95 * Double(wall) * Double(tasks))
    }
}
