import AuthURL
import HostileProvider
import Testing

/// A signed response for nobody is refused.
@Suite("fapi2-security-profile-final-client-test-ensure-jarm-without-aud-fails")
struct SignedResponseWithoutAudienceTests {
    @Test(arguments: RelyingParty.signedModes)
    func theResponseIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.signedResponseWithoutAudience, mode: mode)
        party.expectRefusal(try await party.logIn())
        #expect(party.count("/token") == 0)
    }
}
