import AuthURL
import HostileProvider
import Testing

/// Where no key has an ID, those that fit are tried.
@Suite("oidcc-client-test-kid-absent-multiple-jwks") struct KeysWithoutIDTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginSucceeds(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.keysWithoutID, mode: mode)
        party.expectSuccess(try await party.logIn())
    }
}
