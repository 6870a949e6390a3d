import Glibc
import SessionStore
import SessionStoreTesting
import Testing

/// The kit tells a store without a lock from one with a lock, however the test runner schedules its tasks.
struct TextFileStoreTests {
    /// A few runs here; `STORE_KIT_RUNS=100` makes them a hundred.
    private static let runs = 1...(unsafe getenv("STORE_KIT_RUNS").flatMap { unsafe Int(String(cString: $0)) } ?? 3)
    private static let shared: [SharedStoreLaw] = [
        .handlesCompareAndSwap, .handlesCreateOnce, .handlesRemoveOnce, .handlesSpareOtherKeys,
    ]
    private static let atOnce: [SessionStoreLaw] = [.noUpdateIsLost]

    @Test(arguments: runs, TextFileStore.Replacement.allCases)
    func everyRunFindsTheMissingLock(_ run: Int, _ replacement: TextFileStore.Replacement) async throws {
        let broken = try await broken(replacement, isLocking: false)
        #expect(broken == Set(Self.shared.map(\.rawValue) + Self.atOnce.map(\.rawValue)))
    }

    @Test(arguments: runs, TextFileStore.Replacement.allCases)
    func everyRunFindsTheLock(_ run: Int, _ replacement: TextFileStore.Replacement) async throws {
        let broken = try await broken(replacement, isLocking: true)
        #expect(broken == [])
    }

    /// The laws about calls at the same time that the store breaks.
    private func broken(_ replacement: TextFileStore.Replacement, isLocking: Bool) async throws -> Set<String> {
        let kit = SessionStoreKit(tasks: 4, rounds: 5)
        var broken: Set<String> = []
        for law in Self.shared {
            let directory = try TemporaryDirectory()
            let open = { @Sendable in
                TextFileStore(folder: directory.path, replacement: replacement, isLocking: isLocking)
            }
            do { try await kit.check(law, on: open) } catch { broken.insert(error.law) }
        }
        for law in Self.atOnce {
            let directory = try TemporaryDirectory()
            let open = { @Sendable in
                TextFileStore(folder: directory.path, replacement: replacement, isLocking: isLocking)
            }
            do { try await kit.check(law, on: open) } catch { broken.insert(error.law) }
        }
        return broken
    }
}
