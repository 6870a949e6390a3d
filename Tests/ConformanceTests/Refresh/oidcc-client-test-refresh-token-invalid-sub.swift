import AuthURL
import HostileProvider
import Testing

/// A refreshed ID token about another user: the API is called with neither token.
@Suite("oidcc-client-test-refresh-token-invalid-sub") struct RefreshedSubjectMismatchTests {
    @Test(arguments: RelyingParty.plainModes)
    func theTokensAreRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.refreshedSubjectMismatch, mode: mode)
        let (before, after) = try await party.refresh(try await party.logIn())
        #expect(before.hasPrefix("Bearer "))
        #expect(after == nil)
        #expect(party.count("/token") == 2)
    }
}
