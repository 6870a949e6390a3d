import AuthURL
import HostileProvider
import Testing

/// Keys that cannot be read do not spoil those that can.
@Suite("oidcc-client-test-ignores-unparseable-key-in-jwks") struct UnreadableKeyTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginSucceeds(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.unreadableKey, mode: mode)
        party.expectSuccess(try await party.logIn())
    }
}
