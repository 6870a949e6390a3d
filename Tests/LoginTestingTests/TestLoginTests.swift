import AuthURL
import DevAuthServer
import JOSE
import LoginFlow
import LoginTesting
import OAuthTypes
import SessionStore
import Testing
import WireFormats

struct TestLoginTests {
    @Test func aVisitorIsSentToTheLogin() async throws {
        let fixture = try Fixture()
        let accept = [HeaderField("Accept", "text/html")].compactMap(\.self)
        let reply = await fixture.shop.answer(BrowserRequest(.get, target: "/account", fields: accept))
        #expect(reply.status == 303)
        #expect(reply.fields.onlyValue(named: "Location")?.hasPrefix("http://localhost:3001/authorize?") == true)
    }

    @Test(arguments: Fixture.SessionKind.allCases)
    func theAppAdmitsTheUserAndSeesTheClaims(_ kind: Fixture.SessionKind) async throws {
        let fixture = try Fixture.flow(kind)
        let alice = try await TestLogin(fixture.flow).loggedIn(
            subject: "alice", claims: ["email": "alice@example.com", "https://shop.example/roles": ["buyer"]])
        #expect(alice.session.subject.text == "alice")
        #expect(alice.session.issuer == fixture.server.issuer.text)
        #expect(alice.session.claims["https://shop.example/roles"] == ["buyer"])
        let reply = await fixture.shop.answer(alice.request("/account"))
        #expect(reply.status == 200)
        #expect(reply.text.contains("alice@example.com"))
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test func usersAreApart() async throws {
        let fixture = try Fixture()
        let login = try TestLogin(fixture.flow)
        let alice = try await login.loggedIn(subject: "alice")
        let bob = try await login.loggedIn(subject: "bob")
        #expect(await fixture.shop.answer(alice.request("/x")).text == "Hello, alice")
        #expect(await fixture.shop.answer(bob.request("/x")).text == "Hello, bob")
        #expect(!bob.session.accepts(csrfToken: alice.session.csrfToken))
    }

    @Test(arguments: Fixture.SessionKind.allCases)
    func theSessionEndsByTheClock(_ kind: Fixture.SessionKind) async throws {
        let fixture = try Fixture.flow(kind)
        let alice = try await TestLogin(fixture.flow).loggedIn(subject: "alice")
        fixture.clock.advance(by: .seconds(86_399))
        let other = try await TestLogin(fixture.flow).loggedIn(subject: "alice")
        fixture.clock.advance(by: .seconds(1))
        #expect(await fixture.shop.answer(alice.request("/account")).status == 303)
        #expect(await fixture.shop.answer(other.request("/account")).status == 200)
    }

    @Test func logoutEndsTheSession() async throws {
        let fixture = try Fixture()
        let alice = try await TestLogin(fixture.flow).loggedIn(subject: "alice")
        let refused = await fixture.shop.answer(alice.request("/logout", method: .post, form: ["csrf_token": "other"]))
        #expect(refused.status == 403)
        #expect(await fixture.shop.answer(alice.request("/account")).status == 200)
        let form: KeyValuePairs = ["csrf_token": alice.session.csrfToken]
        #expect(await fixture.shop.answer(alice.request("/logout", method: .post, form: form)).status == 303)
        #expect(await fixture.shop.answer(alice.request("/account")).status == 303)
    }

    @Test(arguments: Fixture.SessionKind.allCases)
    func theAccessTokenIsTheChosenOne(_ kind: Fixture.SessionKind) async throws {
        let fixture = try Fixture.flow(kind)
        fixture.transport.answer(for: try EndpointURL("https://api.example").origin) { request in
            let authorization = request.fields.onlyValue(named: "Authorization") ?? "none"
            return TransportResponse(status: 200, body: Array(authorization.utf8))
        }
        let tokens = TestTokens(accessToken: AccessToken("token-of-alice"), lifetime: .seconds(600))
        let alice = try await TestLogin(fixture.flow).loggedIn(subject: "alice", tokens: tokens)
        #expect(alice.session.accessTokenEndsAt == fixture.clock.now.adding(.seconds(600)))
        #expect(await fixture.shop.answer(alice.request("/orders")).text == "Bearer token-of-alice")
        fixture.clock.advance(by: .seconds(600))
        #expect(await fixture.shop.answer(alice.request("/orders")).status == 502)
    }

    @Test(arguments: Fixture.SessionKind.allCases)
    func theHookOfTheAppDecides(_ kind: Fixture.SessionKind) async throws {
        let fixture = try Fixture.flow(kind, hooks: MembersOnly())
        let login = try TestLogin(fixture.flow)
        let member = try await login.loggedIn(subject: "alice", claims: ["member": true])
        #expect(member.session.additions["role"] == "member")
        let error = await refusal { _ = try await login.loggedIn(subject: "bob") }
        guard case .refused(let problem)? = error else {
            Issue.record("the hook should deny the login")
            return
        }
        #expect(problem.code == "login_denied")
    }

    /// The error of a step that has to fail.
    private func refusal(of step: () async throws -> Void) async -> LoginTestingError? {
        do { try await step() } catch { return error as? LoginTestingError }
        Issue.record("this should be refused")
        return nil
    }

    private struct MembersOnly: LoginHooks {
        func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {}

        func decide(_ login: CompletedLogin) async throws -> LoginDecision {
            login.claims["member"] == true ? .allowAdding(["role": "member"]) : .deny(reason: "Members only.")
        }
    }

    @Test(arguments: ["iss", "sub", "aud", "azp", "iat", "exp", "nbf", "nonce", "at_hash", "c_hash"])
    func protocolClaimsCannotBeChosen(_ name: String) async throws {
        let login = try TestLogin(Fixture().flow)
        let claims = JSONObject([(name, JSONValue.string("x"))])
        let error = await refusal { _ = try await login.loggedIn(subject: "alice", claims: claims) }
        #expect(error?.description.contains("the claim '\(name)' itself") == true)
    }

    @Test func aClaimThatNoIDTokenMayHaveIsRefused() async throws {
        let login = try TestLogin(Fixture().flow)
        let error = await refusal {
            _ = try await login.loggedIn(subject: "alice", claims: ["sid": 5])
        }
        #expect(error?.description.contains("sid") == true)
    }

    @Test func theProvidersEndOfASessionHolds() async throws {
        let fixture = try Fixture()
        let login = try TestLogin(fixture.flow)
        let soon = fixture.clock.now.adding(.seconds(60))
        let claims: JSONObject = ["session_expiry": .number(JSONNumber(Int(soon.seconds)))]
        #expect(try await login.loggedIn(subject: "alice", claims: claims).session.endsAt == soon)
        fixture.clock.advance(by: .seconds(60))
        let error = await refusal { _ = try await login.loggedIn(subject: "alice", claims: claims) }
        #expect(error?.description.contains("session_expiry_refused") == true)
    }

    @Test(arguments: ["", "älice", String(repeating: "a", count: 256)])
    func aSubjectThatNoProviderMayIssueIsRefused(_ subject: String) async throws {
        let login = try TestLogin(Fixture().flow)
        let error = await refusal { _ = try await login.loggedIn(subject: subject) }
        #expect(error?.description.contains("the subject is refused") == true)
    }

    @Test func aSessionBeforeTheEpochIsNotAdmitted() async throws {
        let fixture = try Fixture(cookies: CookieSessions(epoch: RevocationEpoch(.distantFuture)))
        let error = await refusal { _ = try await TestLogin(fixture.flow).loggedIn(subject: "alice") }
        #expect(error?.description.contains("epoch") == true)
    }

    @Test func aUserPrintsWithoutCookies() async throws {
        let alice = try await TestLogin(Fixture().flow).loggedIn(subject: "alice")
        let value = try #require(alice.cookie.split(separator: "=").last)
        var dumped = ""
        dump(alice, to: &dumped)
        #expect(!"\(alice) \(dumped)".contains(value))
    }
}
