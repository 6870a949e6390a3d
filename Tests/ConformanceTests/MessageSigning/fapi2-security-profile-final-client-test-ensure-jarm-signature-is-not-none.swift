import AuthURL
import HostileProvider
import Testing

/// A response with alg=none is refused.
@Suite("fapi2-security-profile-final-client-test-ensure-jarm-signature-is-not-none") struct SignedResponseUnsignedTests
{
    @Test(arguments: RelyingParty.signedModes)
    func theResponseIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.signedResponseUnsigned, mode: mode)
        party.expectRefusal(try await party.logIn())
        #expect(party.count("/token") == 0)
    }
}
