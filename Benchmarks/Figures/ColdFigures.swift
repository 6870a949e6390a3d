import CFloor
import Support

/// The time from the start of a process to its first verified token, compared with a C program that verifies one
/// signature.
struct ColdFigures {
    private static let starts = 100
    let program: String
    let floor: String
    let folder: String

    func measure(_ report: inout Report) throws {
        let corpus = try Corpus(count: 1)
        try CorpusFiles.write(corpus, to: folder)
        try CorpusFiles.spoilToken(of: corpus, in: folder)
        for subject in [floor, program] where unsafe cfloor_run(subject, folder) > 0 {
            throw WrongAnswerError(subject: subject)
        }
        try CorpusFiles.write(corpus, to: folder)
        var floors = Samples()
        var programs = Samples()
        for start in 0...Self.starts {
            let floorTime = try run(floor)
            let programTime = try run(program)
            guard start > 0 else { continue }
            floors.add(floorTime, of: 1)
            programs.add(programTime, of: 1)
        }
        var table = Table("process start to first verified token", "min µs", "median µs", "ratio of minima")
        table.row("C, libcrypto.so", floors.minimum.microseconds, floors.median.microseconds, "1.0")
        table.row(
            "Swift, all static", programs.minimum.microseconds, programs.median.microseconds,
            (programs.minimum / floors.minimum).ratio)
        report.add(table)
        report.note(disturbed: [("C", floors), ("Swift", programs)].filter { $1.areDisturbed }.map(\.0))
        report.add(Figure("cold_start", value: programs.minimum / floors.minimum, bound: .atMost(1.5)))
    }

    private func run(_ program: String) throws -> Int64 {
        let taken = unsafe cfloor_run(program, folder)
        guard taken > 0 else { throw WrongAnswerError(subject: program) }
        return taken
    }
}
