import AuthURL
import HostileProvider
import Testing

/// A signed response that has expired is refused.
@Suite("fapi2-security-profile-final-client-test-ensure-jarm-with-expired-exp-fails") struct SignedResponseExpiredTests
{
    @Test(arguments: RelyingParty.signedModes)
    func theResponseIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.signedResponseExpired, mode: mode)
        party.expectRefusal(try await party.logIn())
        #expect(party.count("/token") == 0)
    }
}
