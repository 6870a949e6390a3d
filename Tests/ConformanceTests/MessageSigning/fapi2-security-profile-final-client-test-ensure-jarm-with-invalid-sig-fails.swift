import AuthURL
import HostileProvider
import Testing

/// A response with a wrong signature is refused.
@Suite("fapi2-security-profile-final-client-test-ensure-jarm-with-invalid-sig-fails")
struct SignedResponseSignatureInvalidTests {
    @Test(arguments: RelyingParty.signedModes)
    func theResponseIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.signedResponseSignatureInvalid, mode: mode)
        party.expectRefusal(try await party.logIn())
        #expect(party.count("/token") == 0)
    }
}
