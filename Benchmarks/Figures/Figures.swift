import Glibc
import OAuthTypes
import Support

/// Measures what Docs/Performance.md promises, through the public API only.
///
///     figures times [ROUNDS]
@main
enum Figures {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        var report = Report()
        switch arguments.first {
        case "times":
            try times(rounds: arguments.dropFirst().first.flatMap { Int($0) } ?? 200, &report)
        default:
            print("usage: figures times [ROUNDS]")
            exit(2)
        }
        exit(report.finish() ? 0 : 1)
    }

    private static func times(rounds: Int, _ report: inout Report) throws {
        let corpus = try Corpus()
        let floor = try Floor(corpus)
        print("token: \(corpus.tokens[0].exposedText.utf8.count) octets\n")
        try VerificationFigures(corpus: corpus, floor: floor, rounds: rounds).measure(&report)
    }
}
