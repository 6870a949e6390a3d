import AuthURL
import HostileProvider
import Testing

/// A signed response of another issuer is refused.
@Suite("fapi2-security-profile-final-client-test-ensure-jarm-with-invalid-iss-fails")
struct SignedResponseIssuerMismatchTests {
    @Test(arguments: RelyingParty.signedModes)
    func theResponseIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.signedResponseIssuerMismatch, mode: mode)
        party.expectRefusal(try await party.logIn())
        #expect(party.count("/token") == 0)
    }
}
