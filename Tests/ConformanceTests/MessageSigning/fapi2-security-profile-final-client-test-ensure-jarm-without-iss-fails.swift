import AuthURL
import HostileProvider
import Testing

/// A signed response of nobody is refused.
@Suite("fapi2-security-profile-final-client-test-ensure-jarm-without-iss-fails") struct SignedResponseWithoutIssuerTests
{
    @Test(arguments: RelyingParty.signedModes)
    func theResponseIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.signedResponseWithoutIssuer, mode: mode)
        party.expectRefusal(try await party.logIn())
        #expect(party.count("/token") == 0)
    }
}
