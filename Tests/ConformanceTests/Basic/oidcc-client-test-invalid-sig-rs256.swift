import AuthURL
import HostileProvider
import Testing

/// A wrong signature begins no session, though the token came straight from the provider.
@Suite("oidcc-client-test-invalid-sig-rs256") struct IdTokenSignatureInvalidTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.idTokenSignatureInvalid, mode: mode)
        party.expectRefusal(try await party.logIn())
    }
}
