import JOSE
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

/// Google, Okta, Keycloak, Cognito and the smaller ones, each with its odd answers.
@Suite struct OtherProviderTests {
    // Google

    @Test func googleIsAskedForARefreshTokenWithAccessType() async throws {
        let app = try KnownApp.open(.google)
        let login = await app.begin()
        #expect(login.parameter("access_type") == "offline" && login.parameter("prompt") == nil)
        #expect(login.parameter("scope") == "openid profile email")
    }

    @Test(arguments: [OfflineAccess.never, .withConsent]) func googleIsAskedAsTheSettingsSay(_ access: OfflineAccess)
        async throws
    {
        let app = try KnownApp.open(.google, configure: { $0.offlineAccess = access })
        let login = await app.begin()
        #expect(login.parameter("access_type") == (access == .never ? nil : "offline"))
        #expect(login.parameter("prompt") == (access == .never ? nil : "consent"))
    }

    @Test func sessionsInCookiesAskForNoRefreshToken() async throws {
        let app = try KnownApp.open(.google, cookies: CookieSessions(epoch: RevocationEpoch(.distantPast)))
        #expect(await app.begin().parameter("access_type") == nil)
    }

    static let domains: [(JSONValue?, String?)] = [
        ("shop.example", nil), ("Shop.Example", nil), (.none, "missing_hd"), ("evil.example", "wrong_hd"),
        ("shop.example.evil", "wrong_hd"), (["shop.example"], "malformed_hd"), ("", "malformed_hd"),
    ]

    /// The request's `hd` is a wish: the user can delete it from the address and log in with any account.
    @Test(arguments: domains) func aHostedDomainIsJudgedAsAClaim(_ found: JSONValue?, _ refusal: String?) async throws {
        let app = try KnownApp.open(.google(hostedDomain: "Shop.example"), bend: { $0.also { $0["hd"] = found } })
        let login = await app.begin()
        #expect(login.parameter("hd") == "shop.example")
        #expect(await app.comeBack(login).beginsSession == (refusal == nil))
        if let refusal {
            #expect(app.diagnosis.contains(refusal.hasPrefix("wrong") ? "the claim hd has not" : "the claim hd is"))
        }
    }

    @Test func aRefreshMayLackTheHostedDomainButNotChangeIt() async throws {
        let app = try KnownApp.open(
            .google(hostedDomain: "shop.example"), bend: { $0.also { $0["hd"] = "shop.example" } })
        let cookie = await app.loggedIn()
        app.provider.bend { $0.also { $0["hd"] = nil } }
        #expect(try await app.refresh(cookie) == nil)
        app.provider.bend { $0.also { $0["hd"] = "evil.example" } }
        #expect(try await app.refresh(cookie) == "wrong_hd")
    }

    @Test func googleHasNoLogoutAndTheAppsEnds() async throws {
        let app = try KnownApp.open(.google)
        #expect(try await app.logout(app.loggedIn()) == "/")
    }

    /// An old form of the issuer, which Google's manual still names: the metadata has the URL, and so do its tokens.
    @Test func googlesIssuerIsAURL() async throws {
        let app = try KnownApp.open(.google, bend: { $0.also { $0["iss"] = "accounts.google.com" } })
        #expect(await app.logIn().status == 502)
    }

    // Cognito

    private func cognito(bend: (inout OddProvider.Bends) -> Void = { _ in }) throws -> OddApp {
        try KnownApp.open(
            .cognito(region: "eu-central-1", userPool: "eu-central-1_aB3"),
            bend: {
                $0.alsoInMetadata {
                    $0["end_session_endpoint"] = "https://shop.auth.eu-central-1.amazoncognito.com/logout"
                }
                bend(&$0)
            })
    }

    @Test func cognitosLogoutTakesItsOwnParameters() async throws {
        let app = try cognito()
        let expected =
            "https://shop.auth.eu-central-1.amazoncognito.com/logout?client_id=web-app&logout_uri=https%3A%2F%2Fapp.example%2F"
        #expect(try await app.logout(app.loggedIn()) == expected)
    }

    @Test func cognitosRefreshHasANewAuthTime() async throws {
        let app = try cognito(bend: { $0.also { $0["auth_time"] = $0["iat"] } })
        #expect(try await app.refresh(app.loggedIn()) == nil)
        #expect(app.details("provider.deviation").contains { $0["member"] == "auth_time" })
    }

    /// Its UserInfo writes `"true"`, which is not the value true.
    @Test func cognitosVerifiedAddressAsATextCountsAsNotVerified() async throws {
        let app = try cognito(bend: {
            $0.userInfo = .json(#"{"sub":"subject-a","name":"A","email":"a@b.c","email_verified":"true"}"#)
        })
        let session = try #require(await app.session(app.logIn()))
        #expect(session.user.email?.address == "a@b.c" && session.user.email?.isVerified == false)
    }

    // Okta

    @Test(arguments: ["default", nil] as [String?]) func oktaLogsIn(_ server: String?) async throws {
        let provider: KnownProvider =
            server.map { .okta(domain: "shop.okta.com", authorizationServer: $0) } ?? .okta(domain: "shop.okta.com")
        let app = try KnownApp.open(provider)
        let session = try #require(await app.session(app.logIn()))
        #expect(session.claims["name"] == "Alice", "a thin ID token: name and address are at UserInfo")
    }

    @Test func aTokenOfOktasOtherServerIsRefused() async throws {
        let app = try KnownApp.open(
            .okta(domain: "shop.okta.com", authorizationServer: "default"),
            bend: { $0.also { $0["iss"] = "https://shop.okta.com" } })
        #expect(await app.logIn().status == 502)
        #expect(app.diagnosis.contains("'https://shop.okta.com/oauth2/default'"))
    }

    // Keycloak

    @Test func keycloaksExpiredPageStartsOnceMore() async throws {
        let app = try KnownApp.open(.keycloak(base: "https://sso.example", realm: "shop"))
        let query = "error=temporarily_unavailable&error_description=authentication_expired&state=%STATE%"
        let again = app.begun(await app.comeBack(await app.begin(), query))
        #expect(again.location.hasPrefix("https://sso.example/authorize?"))
        #expect(await app.comeBack(again, query).location == nil, "but not a third time")
        #expect(await app.comeBack(app.begun(await app.comeBack(await app.begin(), query))).beginsSession)
    }

    @Test func keycloaksOtherRealmIsAnotherIssuer() async throws {
        let app = try KnownApp.open(
            .keycloak(base: "https://sso.example", realm: "shop"),
            bend: { $0.also { $0["iss"] = "https://sso.example/realms/master" } })
        #expect(await app.logIn().status == 502)
    }

    // Documented values

    @Test func linkedInNeedsNeitherNonceNorPKCE() async throws {
        let app = try KnownApp.open(.linkedIn, bend: { $0.also { $0["nonce"] = nil } })
        let login = await app.begin()
        #expect(login.parameter("code_challenge") == nil)
        #expect(await app.comeBack(login).beginsSession)
        #expect(app.provider.lastTokenForm.contains("client_secret="))
    }

    @Test func linesTokenIsSignedWithTheSecret() async throws {
        let app = try KnownApp.open(
            .line,
            bend: {
                $0.alsoInMetadata { $0["id_token_signing_alg_values_supported"] = ["ES256"] }
                $0.signer = {
                    let secret = ClientSecret(KnownApp.secret)
                    return try ClientSecretSigner(secret: secret, algorithm: .hs256).signed(type: "JWT", claims: $0)
                }
            })
        #expect(await app.logIn().beginsSession)
    }

    @Test func twitchsScopeIsAnArray() async throws {
        let app = try KnownApp.open(
            .twitch, bend: { $0.tokens = { $0["scope"] = ["openid", "user:read:email"] } })
        let login = await app.begin()
        #expect(login.parameter("scope") == "openid user:read:email")
        #expect(await app.comeBack(login).beginsSession)
        #expect(app.details("provider.deviation").contains { $0["member"] == "scope" })
    }

    /// A failure with status 200 is none of tokens: no session begins, and nothing is read into it.
    @Test func slacksFailureWithStatus200BeginsNoSession() async throws {
        let app = try KnownApp.open(
            .slack, bend: { $0.tokenAnswer = .json(#"{"ok":false,"error":"invalid_code"}"#) })
        let reply = await app.logIn()
        #expect(reply.status >= 400 && !reply.beginsSession)
    }

    @Test func slacksTokensHaveMembersOfTheirOwn() async throws {
        let app = try KnownApp.open(
            .slack,
            bend: {
                $0.tokens = {
                    $0["ok"] = true
                    $0["expires_in"] = nil
                }
                $0.also { $0["https://slack.com/team_id"] = "T1" }
            })
        let session = try #require(await app.session(app.logIn()))
        #expect(session.claims(in: "https://slack.com/")["team_id"] == "T1")
    }

    @Test func zitadelsAudiencesHaveToBeNamed() async throws {
        let audiences: JSONValue = ["web-app", "383168317235462148"]
        for (named, works) in [(["383168317235462148"], true), ([], false)] {
            let app = try KnownApp.open(
                .zitadel(domain: "shop-1.zitadel.cloud", trustedAudiences: named),
                bend: { $0.also { $0["aud"] = audiences } })
            #expect(await app.logIn().beginsSession == works)
        }
    }
}
