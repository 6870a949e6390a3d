import CFloor
import Support

/// Each workload once, after a warm-up: the allocations of one operation if they are counted, and a section in which
/// callgrind counts instructions.
enum Counted {
    private static let tokens = 30

    static func run() throws {
        let corpus = try Corpus(count: tokens)
        for workload in try Workload.allCases.map({ try $0.subject(corpus) }) {
            guard workload.run(0..<tokens) == tokens else { throw WrongAnswerError(subject: workload.name) }
            var allocations: Int64 = -1
            CountedSection.run {
                let before = cfloor_allocations()
                cfloor_consume(Int64(workload.run(0..<tokens)))
                allocations = cfloor_allocations() - before
            }
            print("COUNT \(workload.name) \(tokens) \(allocations)")
        }
    }
}
