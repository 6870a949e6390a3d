import AuthURL
import HostileProvider
import Testing
import WireFormats

/// A whole login: one code, one token request, a session.
@Suite("oidcc-client-test") struct NothingTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginSucceeds(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.nothing, mode: mode)
        let ending = try await party.logIn()
        party.expectSuccess(ending)
        #expect(party.count("/token") == 1)
        #expect(ending.claims?["name"] == "Alice")
    }
}
