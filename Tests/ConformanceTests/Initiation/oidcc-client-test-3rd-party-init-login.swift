import DevAuthServer
import HostileProvider
import LoginFlow
import OAuthTypes
import Testing
import WireFormats

/// The provider sends a user whom it knows to the app, which begins a login there and then (OpenID Connect Core §4).
@Suite("oidcc-client-test-3rd-party-init-login") struct LoginByThirdPartyTests {
    private func party() throws -> RelyingParty {
        try RelyingParty(.loginByThirdParty) { $0.routes.initiateLogin = LoginRoutes.usualInitiateLogin }
    }

    private func target(_ party: RelyingParty, issuer: String? = nil) -> String {
        let fields = [
            ("iss", issuer ?? party.provider.server.issuer.text), ("login_hint", "alice"),
            ("target_link_uri", RelyingParty.base + "/account"),
        ]
        return "/initiate-login?" + FormEncoding.encode(fields.map { FormField(name: $0.0, value: $0.1) })
    }

    @Test func theLoginSucceeds() async throws {
        let party = try party()
        let ending = try await party.logIn(at: target(party))
        party.expectSuccess(ending)
        #expect(party.count("/token") == 1)
    }

    @Test func anotherIssuerBeginsNothing() async throws {
        let party = try party()
        let ending = try await party.logIn(at: target(party, issuer: "https://elsewhere.example"))
        #expect(!ending.isLoggedIn)
        #expect(party.events.refusals == ["initiation_refused"])
        #expect(!party.askedStrangers)
    }
}
