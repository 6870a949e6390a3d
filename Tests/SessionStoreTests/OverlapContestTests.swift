import Glibc
import SessionStore
import SessionStoreTesting
import Testing

/// What `STORE_KIT_RUNS` says; 0 where it says nothing.
private let runCount = unsafe getenv("STORE_KIT_RUNS").flatMap { unsafe Int(String(cString: $0)) } ?? 0

/// Our own stores keep every law about calls at the same time, however often it is tried. The suites of the stores try each law
/// once; `STORE_KIT_RUNS=100` tries these a hundred times here.
@Suite(.enabled(if: runCount > 0, "set STORE_KIT_RUNS to repeat the laws"))
struct OverlapContestTests {
    private static let runs = 1...max(runCount, 1)
    private static let contests: [SharedStoreLaw] = [
        .handlesCompareAndSwap, .handlesCreateOnce, .handlesRemoveOnce, .handlesSpareOtherKeys,
    ]

    enum Kind: CaseIterable {
        case memory, file, sqlite
    }

    @Test(arguments: runs, Kind.allCases)
    func everyRunFindsTheStoreCorrect(_ run: Int, _ kind: Kind) async throws {
        let kit = SessionStoreKit(tasks: 4, rounds: 5)
        for law in Self.contests {
            let directory = try TemporaryDirectory()
            let memory = MemorySessionStore()
            try await kit.check(law) {
                switch kind {
                case .memory: memory as any SessionStore
                case .file: try FileSessionStore(path: directory.path + "/sessions")
                case .sqlite: try SQLiteSessionStore(path: directory.path + "/sessions.sqlite")
                }
            }
        }
    }
}
