import AuthURL
import HostileProvider
import Testing

/// An ID token of another issuer begins no session.
@Suite("oidcc-client-test-invalid-iss") struct IdTokenIssuerMismatchTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.idTokenIssuerMismatch, mode: mode)
        party.expectRefusal(try await party.logIn())
    }
}
