import AuthURL
import HostileProvider
import LoginTesting
import OAuthTypes
import Testing
import WireFormats

/// The access token is sent in the Authorization field, never in the address or the body.
@Suite("oidcc-client-test-userinfo-bearer-header") struct TokenInUserInfoHeaderOnlyTests {
    @Test(arguments: RelyingParty.plainModes)
    func theTokenIsInTheHeader(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.tokenInUserInfoHeaderOnly, mode: mode)
        let ending = try await party.logIn()
        #expect(party.count("/userinfo") == 1)
        #expect(ending.claims?["email"] == "alice@example.com")
        let request = try #require(party.transport.requests.first { $0.url.path == "/userinfo" })
        #expect(request.fields.onlyValue(named: "Authorization")?.hasPrefix("Bearer ") == true)
        #expect(request.url.query == nil && request.body.isEmpty)
    }
}
