import Glibc
import SessionStore
import SessionStoreTesting
import Testing

/// Our own stores keep every law about calls at the same time, however often it is tried.
struct OverlapContestTests {
    /// One run here; `STORE_KIT_RUNS=100` makes it a hundred.
    private static let runs = 1...(unsafe getenv("STORE_KIT_RUNS").flatMap { unsafe Int(String(cString: $0)) } ?? 1)
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
