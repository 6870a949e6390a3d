import AuthURL
import HostileProvider
import Testing

/// RS256 is accepted.
@Suite("oidcc-client-test-idtoken-sig-rs256") struct IdTokenRS256Tests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginSucceeds(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.idTokenRS256, mode: mode)
        party.expectSuccess(try await party.logIn())
    }
}
