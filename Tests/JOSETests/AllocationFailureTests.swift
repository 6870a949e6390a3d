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
        let process = try start(PropertyCases.isThorough ? "all" : "some")
        var lines = [""]
        while !(lines.last ?? "").hasSuffix(" faults") { lines.append(try process.readLine(within: 600)) }
        let faults = lines.filter { $0.hasPrefix("FAULT") }
        #expect(faults.isEmpty, "\(faults.prefix(20).joined(separator: "\n"))")
        #expect(lines.last?.hasSuffix(", 0 faults") == true)
        let failures = try #require(lines.last?.prefix { $0 != " " })
        #expect((Int(failures) ?? 0) > 500)
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
