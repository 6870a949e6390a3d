import AuthURL
import Concurrency
import JOSE
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Name and mail are in the ID token at half of the providers, and only at UserInfo at the others.
@Suite struct LoginUserInfoTests {
    @Test func claimsThatTheIDTokenLacksComeFromUserInfo() async throws {
        let app = try OddApp()
        let session = try #require(await app.session(app.logIn()))
        #expect(session.claims["name"] == "Alice")
        #expect(session.claims["email"] == "alice@op.example")
        #expect(session.claims["iss"] == .string(OddProvider.issuer))
        #expect(app.provider.count("/userinfo") == 1)
        let request = try #require(app.provider.requests.last)
        #expect(request.fields.onlyValue(named: "Authorization") == "Bearer access-1")
        #expect(app.details("userinfo.received").count == 1)
    }

    @Test func nothingIsAskedWhereNothingIsMissing() async throws {
        let app = try OddApp(bend: {
            $0.claims = {
                $0["name"] = "Ada"
                $0["email"] = "ada@op.example"
            }
        })
        let session = try #require(await app.session(app.logIn()))
        #expect(session.claims["name"] == "Ada")
        #expect(app.provider.count("/userinfo") == 0)
    }

    @Test(arguments: ["openid", "openid read:demo"]) func withoutTheirScopesNothingIsAsked(_ scope: String) async throws
    {
        let app = try OddApp(configure: { $0.scope = try Scope(scope) })
        #expect(await app.logIn().beginsSession)
        #expect(app.provider.count("/userinfo") == 0)
    }

    @Test func whatWasNotGrantedIsNotAskedFor() async throws {
        let app = try OddApp(bend: { $0.tokens = { $0["scope"] = "openid" } })
        #expect(await app.logIn().beginsSession)
        #expect(app.provider.count("/userinfo") == 0)
    }

    @Test func theSettingSwitchesItOff() async throws {
        let app = try OddApp(configure: { $0.asksUserInfo = false })
        let session = try #require(await app.session(app.logIn()))
        #expect(session.claims["name"] == nil)
        #expect(app.provider.count("/userinfo") == 0)
    }

    /// Azure AD B2C issues no access token where only OpenID scopes are asked for.
    @Test func withoutAnAccessTokenTheUserIsLoggedInAndUserInfoIsNotAsked() async throws {
        let app = try OddApp(bend: { $0.tokens = { $0["access_token"] = nil } })
        #expect(await app.logIn().beginsSession)
        #expect(app.provider.count("/userinfo") == 0)
    }

    @Test func noClaimOfTheProtocolComesFromUserInfo() async throws {
        let names = [
            "iss", "aud", "exp", "iat", "nonce", "azp", "acr", "amr", "auth_time", "sid", "at_hash", "c_hash", "org_id",
            "org_name", "session_expiry", "events", "cnf",
        ]
        var answer: JSONObject = ["sub": "subject-a", "name": "Alice"]
        for name in names { answer[name] = "planted" }
        let body = answer
        let app = try OddApp(bend: { $0.userInfo = .json(body) })
        let session = try #require(await app.session(app.logIn()))
        #expect(session.claims["name"] == "Alice")
        #expect(!session.claims.members.contains { $0.value == "planted" })
    }

    struct Mail: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let idToken: JSONObject
        let userInfo: JSONObject
        let email: JSONValue?
        let verified: JSONValue?
    }

    static let mails: [Mail] = [
        Mail(
            testDescription: "both in the ID token", idToken: ["email": "a@x", "email_verified": false],
            userInfo: ["email": "b@x", "email_verified": true], email: "a@x", verified: false),
        Mail(
            testDescription: "the address alone in the ID token", idToken: ["email": "a@x"],
            userInfo: ["email": "b@x", "email_verified": true], email: "a@x", verified: nil),
        Mail(
            testDescription: "the verification alone in the ID token", idToken: ["email_verified": true],
            userInfo: ["email": "b@x"], email: "b@x", verified: nil),
        Mail(
            testDescription: "null in the ID token", idToken: ["email": .null, "email_verified": true],
            userInfo: ["email": "b@x", "email_verified": false], email: "b@x", verified: false),
        Mail(
            testDescription: "the verification alone at UserInfo", idToken: [:], userInfo: ["email_verified": true],
            email: nil, verified: nil),
    ]

    @Test(arguments: mails) func anAddressAndItsVerificationHaveOneSource(_ mail: Mail) async throws {
        var answer: JSONObject = ["sub": "subject-a", "name": "Alice"]
        for (name, value) in mail.userInfo.members { answer[name] = value }
        let body = answer
        let app = try OddApp(bend: {
            $0.userInfo = .json(body)
            $0.claims = { for (name, value) in mail.idToken.members { $0[name] = value } }
        })
        let session = try #require(await app.session(app.logIn()))
        #expect(session.claims["email"] == mail.email)
        #expect(session.claims["email_verified"] == mail.verified)
    }

    static let failures: [TransportResponse] = [
        TransportResponse(status: 500), TransportResponse(status: 401), .json("["),
        .json(#"{"sub":"subject-b","name":"Mallory"}"#), .json(#"{"name":"Mallory"}"#), .json(#"{"sub":7}"#),
    ]

    @Test(arguments: failures) func aFailureEndsNoLoginAndIsTold(_ answer: TransportResponse) async throws {
        let app = try OddApp(bend: { $0.userInfo = answer })
        let session = try #require(await app.session(app.logIn()))
        #expect(session.claims["name"] == nil)
        #expect(app.details("userinfo.failed").count == 1)
    }

    /// What the hook was told of the login.
    private final class Watcher: LoginHooks {
        let seen = Lock<[CompletedLogin.UserInfo]>([])
        func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {}
        func decide(_ login: CompletedLogin) async throws -> LoginDecision {
            seen.withLock { $0.append(login.userInfo) }
            guard login.claims["email"] == "alice@op.example" else { return .deny(reason: "Only for Alice.") }
            return .allow
        }
    }

    @Test func aHookThatDecidesByAClaimSeesItAndLearnsWhenItIsMissing() async throws {
        let hook = Watcher()
        let app = try OddApp(hooks: hook)
        #expect(await app.logIn().beginsSession)
        app.provider.bend { $0.userInfo = TransportResponse(status: 503) }
        #expect(await app.logIn().status == 403)
        app.provider.bend { $0.tokens = { $0["access_token"] = nil } }
        #expect(await app.logIn().status == 403)
        app.provider.bend {
            $0.claims = {
                $0["name"] = "Alice"
                $0["email"] = "alice@op.example"
            }
        }
        #expect(await app.logIn().beginsSession)
        #expect(hook.seen.withLock { $0 } == [.complete, .failed, .notAsked, .notNeeded])
    }

    @Test func sessionsInCookiesKeepTheClaimsWhileTheyFit() async throws {
        let app = try OddApp(cookies: CookieSessions(epoch: RevocationEpoch(.distantPast)))
        let session = try #require(await app.session(app.logIn()))
        #expect(session.claims["name"] == "Alice")
        let long = #"{"sub":"subject-a","name":"Alice","about":""# + String(repeating: "x", count: 4_000) + #""}"#
        app.provider.bend { $0.userInfo = .json(long) }
        let other = try #require(await app.session(app.logIn()))
        #expect(other.claims["name"] == nil)
        #expect(app.details("userinfo.left_out").count == 1)
    }
}
