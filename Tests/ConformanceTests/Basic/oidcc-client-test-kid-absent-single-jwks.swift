import AuthURL
import HostileProvider
import Testing

/// A key set with one key needs no key IDs.
@Suite("oidcc-client-test-kid-absent-single-jwks") struct KeyWithoutIDTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginSucceeds(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.keyWithoutID, mode: mode)
        party.expectSuccess(try await party.logIn())
    }
}
