import AuthURL
import HostileProvider
import Testing

/// An access token that is due is refreshed, and the new one is used.
@Suite("oidcc-client-test-refresh-token") struct RefreshTokenReplacedTests {
    @Test(arguments: RelyingParty.plainModes)
    func theTokensAreRefreshed(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.refreshTokenReplaced, mode: mode)
        let (before, after) = try await party.refresh(try await party.logIn())
        #expect(before.hasPrefix("Bearer "))
        #expect(after?.hasPrefix("Bearer ") == true)
        #expect(after != before)
        #expect(party.count("/token") == 2)
    }
}
