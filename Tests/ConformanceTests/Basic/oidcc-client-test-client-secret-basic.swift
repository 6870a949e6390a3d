import AuthURL
import HostileProvider
import LoginTesting
import OAuthTypes
import Testing

/// The client authenticates with client_secret_basic and in no other way.
@Suite("oidcc-client-test-client-secret-basic") struct BasicAuthenticationOnlyTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginSucceeds(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.basicAuthenticationOnly, mode: mode)
        party.expectSuccess(try await party.logIn())
        let request = try #require(party.transport.requests.first { $0.url.path == "/token" })
        #expect(request.fields.onlyValue(named: "Authorization")?.hasPrefix("Basic ") == true)
        #expect(!String(decoding: request.body, as: UTF8.self).contains("client_secret"))
    }
}
