import AuthURL
import HostileProvider
import Testing

/// An ID token of another login begins no session.
@Suite("oidcc-client-test-nonce-invalid") struct IdTokenNonceMismatchTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.idTokenNonceMismatch, mode: mode)
        party.expectRefusal(try await party.logIn())
    }
}
