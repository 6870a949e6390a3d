import AuthURL
import HostileProvider
import Testing
import WireFormats

/// No request goes to an address that the response names.
@Suite("oidcc-client-test-distributed-claims") struct DistributedClaimsTests {
    @Test(arguments: RelyingParty.plainModes)
    func theProvidersOwnClaimsAreTaken(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.distributedClaims, mode: mode)
        let ending = try await party.logIn()
        #expect(party.count("/userinfo") == 1)
        #expect(ending.claims?["email"] == "alice@example.com")
        #expect(!party.askedStrangers)
    }
}
