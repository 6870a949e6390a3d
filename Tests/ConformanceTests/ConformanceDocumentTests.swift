import HostileProvider
import TestSupport
import Testing

/// Docs/Conformance.md says what the tests here show, and nothing else.
@Suite struct ConformanceDocumentTests {
    private static let folder = "Tests/ConformanceTests"

    private static func text(_ path: String) throws -> String {
        String(decoding: try VectorFile.document(path), as: UTF8.self)
    }

    @Test func theDocumentIsTheOneOfThePlans() throws {
        let text = try Self.text("Docs/Conformance.md")
        for plan in Plan.all {
            let section = Self.section(of: plan)
            #expect(text.contains(section), "Docs/Conformance.md must contain:\n\(section)")
        }
        #expect(text.contains(Self.counts), "Docs/Conformance.md must contain:\n\(Self.counts)")
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        #expect(rows.count == Plan.all.reduce(0) { $0 + $1.modules.count })
    }

    @Test func eachModuleThatPassesIsTestedByItsFile() throws {
        for module in Plan.all.flatMap(\.modules) {
            guard case .passes(let file) = module.result else { continue }
            let source = try Self.text("\(Self.folder)/\(file)")
            #expect(source.contains("@Suite(\"\(module.id)\")"))
            #expect(source.contains("@Test"))
            #expect(HostileProvider.Fault.allCases.contains { $0.moduleID == module.id })
        }
    }

    /// Where the plan cannot run yet, its fault is not forgotten.
    @Test func eachModuleWithTheSameFaultNamesOne() {
        let known = Set(HostileProvider.Fault.allCases.compactMap(\.moduleID))
        for module in Plan.all.flatMap(\.modules) {
            guard case .sameFault = module.result else { continue }
            let others = Self.sameFaults[module.id].map { known.contains($0) } ?? false
            #expect(known.contains(module.id) || others, "\(module.id)")
        }
    }

    /// Modules of two plans with one fault between them.
    private static let sameFaults: [String: String] = [
        "discovery-issuer-mismatch": "discovery-issuer-mismatch", "invalid-iss": "invalid-iss",
        "invalid-aud": "invalid-aud", "invalid-null-alg": "idtoken-sig-none", "invalid-missing-aud": "missing-aud",
        "invalid-nonce": "nonce-invalid",
    ].reduce(into: [:]) { found, pair in
        found["fapi2-security-profile-final-client-test-\(pair.key)"] = "oidcc-client-test-\(pair.value)"
    }

    private static func section(of plan: Plan) -> String {
        let rows = plan.modules.map { "| `\($0.id)` | \(words($0.result)) |" }
        return (["## \(plan.title)", "", "Plan `\(plan.id)`.", "", "| module | result |", "|---|---|"] + rows)
            .joined(separator: "\n") + "\n"
    }

    private static func words(_ result: Plan.Result) -> String {
        switch result {
        case .passes(let file): "[passes](../\(folder)/\(file))"
        case .sameFault(let need):
            "[the same fault](../\(folder)/EveryFaultTests.swift) is judged as required; the plan needs \(need)"
        case .notYet(let need): "not yet: needs \(need)"
        case .notApplicable(let reason): "not applicable: \(reason)"
        }
    }

    private static var counts: String {
        var counts = [0, 0, 0, 0]
        for module in Plan.all.flatMap(\.modules) {
            switch module.result {
            case .passes: counts[0] += 1
            case .sameFault: counts[1] += 1
            case .notYet: counts[2] += 1
            case .notApplicable: counts[3] += 1
            }
        }
        return
            "Of \(counts.reduce(0, +)) modules (one counts once for each plan that has it), \(counts[0]) pass, \(counts[1]) have "
            + "their fault judged as required without their plan, \(counts[2]) are not attempted yet, and \(counts[3]) do not "
            + "apply."
    }
}
