import AuthURL
import HostileProvider
import Testing

/// An ID token without its time begins no session.
@Suite("oidcc-client-test-missing-iat") struct IdTokenWithoutIssuedAtTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.idTokenWithoutIssuedAt, mode: mode)
        party.expectRefusal(try await party.logIn())
    }
}
