import TestSupport
import Testing

/// libcrypto under want of memory; the program in Tests/FailureInjection says how.
@Suite struct AllocationFailureTests {
    private func start(_ mode: String) throws -> LocalProcess {
        // Beside this test's own program, wherever the build puts both.
        let folder = try #require(CommandLine.arguments.first?.split(separator: "/", omittingEmptySubsequences: false))
        return try LocalProcess([folder.dropLast().joined(separator: "/") + "/FailureInjection", mode])
    }

    @Test func neitherTrapsNorAcceptsWhatIsForged() throws {
        let (faults, figures) = try report(PropertyCases.isThorough ? "all" : "some")
        #expect(faults.isEmpty, "\(faults.prefix(20).joined(separator: "\n"))")
        #expect(figures.count == 3 && figures.last == 0)
        #expect((figures.first ?? 0) > 500)
        // What libcrypto itself never gets over is excused, and must not grow into an excuse for everything.
        #expect((figures.dropFirst().first ?? 0) < (figures.first ?? 0) / 10, "\(figures)")
    }

    /// The excuse for libcrypto does not cover us: a reader of keys that remembers its failure is found.
    @Test func findsAFailureThatIsRemembered() throws {
        let (faults, figures) = try report("planted")
        #expect(faults.contains { $0.hasSuffix("it did not recover") })
        #expect((figures.last ?? 0) > (figures.first ?? 0) / 4, "\(figures)")
    }

    /// The lines about faults, and the numbers of the last line: failed allocations, left broken by libcrypto, faults.
    private func report(_ mode: String) throws -> (faults: [String], figures: [Int]) {
        let process = try start(mode)
        var lines = [""]
        while !(lines.last ?? "").hasSuffix(" faults") { lines.append(try process.readLine(within: 600)) }
        let figures = (lines.last ?? "").split(separator: ", ").compactMap { Int($0.prefix { $0 != " " }) }
        return (lines.filter { $0.hasPrefix("FAULT") }, figures)
    }

    #if os(Linux)
        /// A round verifies twice by each of four algorithms, or does everything once: verify, sign, seal, import.
        @Test(arguments: [
            ("verify", PropertyCases.isThorough ? 125_000 : 500), ("everything", PropertyCases.isThorough ? 5_000 : 60),
        ])
        func memoryStaysWhatItIs(_ work: String, _ rounds: Int) throws {
            let said = try start("\(work):\(rounds)").readLine(within: 1200)
            let grown = try #require(Int(said.split(separator: " ").dropFirst(2).first ?? ""))
            #expect(grown < 1 << 20, "\(said)")
        }
    #endif
}
