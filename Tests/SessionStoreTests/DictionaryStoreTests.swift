import SessionStore
import SessionStoreTesting
import Testing

@Suite struct DictionaryStoreTests {
    @Test(arguments: SessionStoreLaw.allCases)
    func keeps(_ law: SessionStoreLaw) async throws {
        try await SessionStoreKit().check(law) { DictionaryStore() }
    }
}
