import CFloor
import JOSE
import Support

/// The throughput of two tasks that share one verifier, compared with one task.
struct TaskFigures {
    private static let passes = 4
    let corpus: Corpus
    let rounds: Int

    func measure(_ report: inout Report) async throws {
        let verifier = try corpus.verifier()
        let floors = [try Floor(corpus), try Floor(corpus)]
        let verifications = Self.passes * corpus.tokens.count
        var samples = [Samples(), Samples(), Samples(), Samples()]
        var clean = 0
        // A round counts only if it had all its processors: other programs slow down two tasks, but not one.
        for _ in 0..<(10 * rounds) where clean < rounds {
            let single = try await work(tasks: 1, verifier: verifier)
            let double = try await work(tasks: 2, verifier: verifier)
            guard single.hadProcessors, double.hadProcessors else { continue }
            clean += 1
            samples[0].add(single.wall, of: verifications)
            samples[1].add(double.wall, of: 2 * verifications)
            samples[2].add(try Floor.run([floors[0]], passes: Self.passes), of: verifications)
            samples[3].add(try Floor.run(floors, passes: Self.passes), of: 2 * verifications)
        }
        addFigures(to: &report, minima: samples.map(\.minimum), cleanRounds: clean)
    }

    private func addFigures(to report: inout Report, minima least: [Double], cleanRounds clean: Int) {
        guard clean > 0 else {
            let reason = "two idle processors were never there at once"
            return report.add(Figure(skipped: "two_tasks", bound: .atLeast(1.9), because: reason))
        }
        var table = Table("tasks sharing a verifier, \(clean) undisturbed rounds", "per second", "ratio to one")
        let names = ["one task", "two tasks", "floor, one thread", "floor, two threads"]
        for (index, name) in names.enumerated() {
            table.row(name, "\(Int(1e9 / least[index]))", (least[index / 2 * 2] / least[index]).ratio)
        }
        report.add(table)
        report.add(Figure("two_tasks", value: least[0] / least[1], bound: .atLeast(1.9)))
    }

    private struct Work {
        let wall: Int64
        let hadProcessors: Bool
    }

    private func work(tasks: Int, verifier: IDTokenVerifier<LocalJWKSet>) async throws -> Work {
        let processorStart = cfloor_process_nanoseconds()
        let start = cfloor_wall_nanoseconds()
        let accepted = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<tasks {
                group.addTask { @concurrent in
                    (0..<Self.passes).reduce(0) { sum, _ in
                        sum + corpus.accepted(by: verifier, in: 0..<corpus.tokens.count)
                    }
                }
            }
            return await group.reduce(0, +)
        }
        let wall = cfloor_wall_nanoseconds() - start
        let processor = cfloor_process_nanoseconds() - processorStart
        guard accepted == tasks * Self.passes * corpus.tokens.count else { throw WrongAnswerError(subject: "tasks") }
        return Work(wall: wall, hadProcessors: Double(processor) >= 0.95 * Double(wall) * Double(tasks))
    }
}
