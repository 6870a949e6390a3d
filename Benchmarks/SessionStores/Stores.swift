import Glibc
import SessionStore
import Support

/// Measures the figures of the session stores in Docs/Performance.md, through the public API only.
@main
enum Stores {
    private static let usage = """
        usage: stores engines DISK             against the bare engines; both folders must be empty
               stores scale COUNT MEMORY       with COUNT sessions; MEMORY is in memory, so that no disk is measured
        """

    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        var report = Report()
        switch arguments.first {
        case "engines" where arguments.count == 2:
            try await MemoryFigures().measure(&report)
            try SealingFigures().measure(&report)
            try await SQLiteFigures(folder: arguments[1]).measure(&report)
            try await FileFigures(folder: arguments[1]).measure(&report)
        case "scale" where arguments.count == 3:
            guard let count = Int(arguments[1]), count >= 1_000 else { fallthrough }
            try await scale(count, folder: arguments[2], into: &report)
        default:
            print(usage)
            exit(2)
        }
        exit(report.finish() ? 0 : 1)
    }

    private static func scale(_ count: Int, folder: String, into report: inout Report) async throws {
        let room = MemorySessionStore.Limit(count: 4 * count, octets: 1 << 40, overflow: .refuse)
        try await ScaleFigures(name: "memory", count: count) { _ in MemorySessionStore(limits: [.session: room]) }
            .measure(&report)
        try await ScaleFigures(name: "sqlite", count: count) { try SQLiteSessionStore(path: "\(folder)/\($0).sqlite") }
            .measure(&report)
        try await ScaleFigures(name: "file", count: count) { try FileSessionStore(path: "\(folder)/\($0)") }
            .measure(&report)
    }
}
