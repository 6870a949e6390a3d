import AuthURL
import HostileProvider
import Testing

/// An ID token for another client begins no session.
@Suite("oidcc-client-test-invalid-aud") struct IdTokenAudienceMismatchTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.idTokenAudienceMismatch, mode: mode)
        party.expectRefusal(try await party.logIn())
    }
}
