import AuthURL
import HostileProvider
import Testing

/// A key that replaced the known one is fetched at the next login.
@Suite("oidcc-client-test-signing-key-rotation") struct KeyReplacedBetweenLoginsTests {
    @Test(arguments: RelyingParty.plainModes)
    func theSecondLoginFetchesTheKeysAgain(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.keyReplacedBetweenLogins, mode: mode)
        #expect(try await party.logIn().isLoggedIn)
        #expect(party.count("/jwks") == 1)
        #expect(try await party.logIn().isLoggedIn)
        #expect(party.count("/jwks") == 2)
    }
}
