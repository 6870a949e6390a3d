import AuthURL
import HostileProvider
import Testing

/// A signed response without an end is refused.
@Suite("fapi2-security-profile-final-client-test-ensure-jarm-without-exp-fails")
struct SignedResponseWithoutExpirationTests {
    @Test(arguments: RelyingParty.signedModes)
    func theResponseIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.signedResponseWithoutExpiration, mode: mode)
        party.expectRefusal(try await party.logIn())
        #expect(party.count("/token") == 0)
    }
}
