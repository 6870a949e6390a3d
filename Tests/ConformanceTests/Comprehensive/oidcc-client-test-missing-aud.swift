import AuthURL
import HostileProvider
import Testing

/// An ID token for nobody begins no session.
@Suite("oidcc-client-test-missing-aud") struct IdTokenWithoutAudienceTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.idTokenWithoutAudience, mode: mode)
        party.expectRefusal(try await party.logIn())
    }
}
