import AuthURL
import HostileProvider
import Testing
import WireFormats

/// Requested claims that the ID token lacks come from the UserInfo endpoint.
@Suite("oidcc-client-test-scope-userinfo-claims") struct ClaimsInUserInfoOnlyTests {
    @Test(arguments: RelyingParty.plainModes)
    func theClaimsAreFetched(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.claimsInUserInfoOnly, mode: mode)
        let ending = try await party.logIn()
        #expect(party.count("/userinfo") == 1)
        #expect(ending.claims?["email"] == "alice@example.com")
        #expect(ending.claims?["name"] == "Alice")
    }
}
