import AuthURL
import HostileProvider
import Testing

/// A refreshed ID token of another issuer: the API is called with neither token.
@Suite("oidcc-client-test-refresh-token-invalid-issuer") struct RefreshedIssuerMismatchTests {
    @Test(arguments: RelyingParty.plainModes)
    func theTokensAreRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.refreshedIssuerMismatch, mode: mode)
        let (before, after) = try await party.refresh(try await party.logIn())
        #expect(before.hasPrefix("Bearer "))
        #expect(after == nil)
        #expect(party.count("/token") == 2)
    }
}
