import AuthURL
import HostileProvider
import Testing

/// A signed response for another client is refused.
@Suite("fapi2-security-profile-final-client-test-ensure-jarm-with-invalid-aud-fails")
struct SignedResponseAudienceMismatchTests {
    @Test(arguments: RelyingParty.signedModes)
    func theResponseIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.signedResponseAudienceMismatch, mode: mode)
        party.expectRefusal(try await party.logIn())
        #expect(party.count("/token") == 0)
    }
}
