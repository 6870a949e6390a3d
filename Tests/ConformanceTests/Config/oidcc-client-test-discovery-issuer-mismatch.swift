import AuthURL
import HostileProvider
import Testing

/// Metadata of another issuer are not used, and no user is sent anywhere.
@Suite("oidcc-client-test-discovery-issuer-mismatch") struct DiscoveryIssuerMismatchTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.discoveryIssuerMismatch, mode: mode)
        party.expectRefusal(try await party.logIn())
    }
}
