import SessionStore
import SessionStoreTesting
import Testing

@Suite struct JournalStoreTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test(arguments: SessionStoreLaw.allCases)
    func keeps(_ law: SessionStoreLaw) async throws {
        try await SessionStoreKit().check(law) { try JournalStore(folder: directory.path) }
    }

    @Test(arguments: IndexedStoreLaw.allCases)
    func keeps(_ law: IndexedStoreLaw) async throws {
        try await SessionStoreKit().check(law) { try JournalStore(folder: directory.path) }
    }

    @Test(arguments: DurableStoreLaw.allCases)
    func keeps(_ law: DurableStoreLaw) async throws {
        try await SessionStoreKit().check(law) { try JournalStore(folder: directory.path) }
    }

    @Test(arguments: StoreFilesLaw.allCases)
    func keeps(_ law: StoreFilesLaw) async throws {
        try await SessionStoreKit().check(law, below: directory.path) { try JournalStore(folder: $0) }
    }
}
