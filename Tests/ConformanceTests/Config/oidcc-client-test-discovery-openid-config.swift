import AuthURL
import HostileProvider
import Testing

/// Endpoints are those of the metadata.
@Suite("oidcc-client-test-discovery-openid-config") struct UnusualEndpointsTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginSucceeds(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.unusualEndpoints, mode: mode)
        party.expectSuccess(try await party.logIn())
        #expect(party.count("/elsewhere/token") == 1)
        #expect(party.count("/token") == 0)
    }
}
