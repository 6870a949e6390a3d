import TestSupport

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Judges all vectors and prints a table, then a line per figure.
///
/// usage: VectorReport [COUNT]     how many damaged tokens to judge, a million without; vectors come from VECTORS_DIR
///        VectorReport table       the table alone, as Docs/Security/JOSE.md holds it
///        VectorReport attacks     a figure for the corpus that comes in as one line
///        VectorReport judge       answers lines of JSON for Tests/Differential
@main
struct VectorReport {
    static func main() async throws {
        let argument = CommandLine.arguments.dropFirst().first
        if argument == "judge" { return try LineJudge.run() }
        if argument == "attacks" { return try Section.freshAttacks(readLine() ?? "").print() }
        let sections = try await sections(mutations: argument.flatMap { Int($0) } ?? 1_000_000)
        print(Section.table(sections))
        guard argument != "table" else { return }
        let figures = sections.flatMap(\.figures)
        print("")
        for figure in figures { figure.print() }
        if figures.contains(where: { $0.verdict == .fail }) { exit(EXIT_FAILURE) }
    }

    private static func sections(mutations: Int) async throws -> [Section] {
        [
            try published("wycheproof", by: "project Wycheproof, folder testvectors_v1", section: Section.wycheproof),
            try published("ietf-jose-cookbook", by: "ietf-jose/cookbook", section: Section.cookbook),
            try published("JSONTestSuite", by: "nst/JSONTestSuite", section: Section.json),
            try Section.publishedExamples(), try Section.attacks(), try await Section.mutations(mutations),
        ]
    }

    /// Vectors of others may not be there; then their figure is skipped, and says where they are to be had.
    private static func published(
        _ folder: String, by publisher: String, section: () throws -> Section
    ) throws -> Section {
        guard (try? VectorFile.names(in: folder)) != nil else {
            let remark = "not in \(VectorFile.directory). Its publisher is \(publisher); set VECTORS_DIR"
            return Section(figures: [.skipped(folder, bound: "-", because: remark)])
        }
        return try section()
    }
}
