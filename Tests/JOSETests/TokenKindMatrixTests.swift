import JOSE
import OAuthTypes
import Testing
import WireFormats

/// Every kind of token before every verifier, with the same key, issuer and client, and settings that favour a mix-up.
@Suite struct TokenKindMatrixTests {
    @Test(arguments: TokenKind.allCases, TokenKind.allCases)
    func onlyItsOwnVerifierTakesAToken(_ kind: TokenKind, _ verifier: TokenKind) throws {
        let parties = try TokenKind.Parties()
        for sample in try kind.samples(parties) {
            let isTaken = verifier.settings(parties).contains { (try? $0(sample)) != nil }
            #expect(isTaken == (kind == verifier))
        }
    }

    /// Without a nonce and with `exp` such a response looks exactly like an ID token: see `UserInfoProfile.expiring`.
    @Test func takesNoExpiringUserInfoForTheIDTokenOfALogin() throws {
        let issuer = try TestIssuer.get()
        let response = try issuer.idToken(["nonce": .none])
        #expect(issuer.refusal(of: response, by: try issuer.verifier) == "missing_nonce")
    }
}

enum TokenKind: CaseIterable, Sendable {
    case idToken, accessToken, auth0AccessToken, logoutToken, userInfo, authorizationResponse, clientAssertion, proof
}
