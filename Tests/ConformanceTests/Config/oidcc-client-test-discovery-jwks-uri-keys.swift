import AuthURL
import HostileProvider
import Testing

/// Keys are fetched where the metadata says.
@Suite("oidcc-client-test-discovery-jwks-uri-keys") struct UnusualKeyAddressTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginSucceeds(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.unusualKeyAddress, mode: mode)
        party.expectSuccess(try await party.logIn())
        #expect(party.count("/elsewhere/jwks") == 1)
    }
}
