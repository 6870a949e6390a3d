import AuthURL
import HostileProvider
import Testing
import WireFormats

/// Claims of another source inside the response are left where they are, and nothing in them is believed.
@Suite("oidcc-client-test-aggregated-claims") struct AggregatedClaimsTests {
    @Test(arguments: RelyingParty.plainModes)
    func theProvidersOwnClaimsAreTaken(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.aggregatedClaims, mode: mode)
        let ending = try await party.logIn()
        #expect(party.count("/userinfo") == 1)
        #expect(ending.claims?["email"] == "alice@example.com")
        #expect(!party.askedStrangers)
    }
}
