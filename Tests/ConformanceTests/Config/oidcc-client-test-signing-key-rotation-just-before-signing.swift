import AuthURL
import HostileProvider
import Testing

/// A key that replaced the known one just before the signature is fetched at once.
@Suite("oidcc-client-test-signing-key-rotation-just-before-signing") struct KeyReplacedBeforeSigningTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginSucceeds(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.keyReplacedBeforeSigning, mode: mode)
        party.expectSuccess(try await party.logIn())
    }
}
