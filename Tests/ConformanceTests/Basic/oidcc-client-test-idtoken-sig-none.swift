import AuthURL
import HostileProvider
import Testing

/// An ID token without a signature begins no session, whatever the metadata lists.
@Suite("oidcc-client-test-idtoken-sig-none") struct IdTokenUnsignedTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.idTokenUnsigned, mode: mode)
        party.expectRefusal(try await party.logIn())
    }
}
