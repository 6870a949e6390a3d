import Glibc
import OAuthTypes
import Support

/// Measures the figures of Docs/Performance.md, through the public API only.
@main
enum Figures {
    private static let usage = """
        usage: figures times [ROUNDS]      ratios to the floor, interleaved
               figures allocations         with the counter of Benchmarks/Allocations preloaded
               figures counted             one pass of each workload, for counters
               figures cold COLDSTART COLDFLOOR FOLDER     process starts of these programs, wall time
               figures corpus FOLDER       writes keys and tokens for other programs
               figures peer evp|chain FOLDER SECONDS       measures as the peers' drivers do
        """

    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        var report = Report()
        switch arguments.first {
        case "times":
            try await times(rounds: arguments.dropFirst().first.flatMap { Int($0) } ?? 200, into: &report)
        case "allocations":
            try AllocationFigures(corpus: Corpus()).measure(&report)
        case "counted":
            try Counted.run()
        case "cold" where arguments.count == 4:
            try ColdFigures(program: arguments[1], floor: arguments[2], folder: arguments[3]).measure(&report)
        case "corpus" where arguments.count == 2:
            try CorpusFiles.write(Corpus(), to: arguments[1])
        case "peer" where arguments.count == 4:
            try PeerDriver(engine: arguments[1], folder: arguments[2]).run(seconds: Double(arguments[3]) ?? 1)
        default:
            print(usage)
            exit(2)
        }
        exit(report.finish() ? 0 : 1)
    }

    private static func times(rounds: Int, into report: inout Report) async throws {
        let corpus = try Corpus()
        let floor = try Floor(corpus)
        print("token: \(corpus.tokens[0].exposedText.utf8.count) octets\n")
        try VerificationFigures(corpus: corpus, floor: floor, rounds: rounds).measure(&report)
        try AlgorithmFigures(corpus: corpus, rounds: rounds / 10).measure(&report)
        try RefusalFigures(corpus: corpus, floor: floor, rounds: rounds / 2).measure(&report)
        try KeySetFigures(corpus: corpus, floor: floor, rounds: rounds / 2).measure(&report)
        try CacheFigures(corpus: corpus, floor: floor, rounds: rounds / 2).measure(&report)
        try await TaskFigures(corpus: corpus, rounds: rounds / 10).measure(&report)
    }
}
