import APIClient
import DevAuthServer
import JOSE
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

/// Refreshing the tokens of a session.
@Suite struct RefreshTests {
    private func accessToken(_ fixture: FlowFixture, _ cookie: String) async throws -> String {
        try await fixture.flow.accessTokens(of: fixture.session(cookie)).accessToken().exposedText
    }

    /// The failure of asking for an access token.
    private func failure(_ fixture: FlowFixture, _ cookie: String) async throws -> AccessTokenError? {
        let source = try await fixture.flow.accessTokens(of: fixture.session(cookie))
        do throws(AccessTokenError) {
            _ = try await source.accessToken()
            return nil
        } catch { return error }
    }

    @Test func aHundredCallsInTwoProcessesMakeOneRefresh() async throws {
        let store = MemorySessionStore()
        let keys = SealingKeys(generatedBy: .system)
        let first = try FlowFixture(store: store, keys: keys)
        let second = try FlowFixture(store: store, keys: keys, clock: first.clock, sharing: first)
        let cookie = try await first.loggedIn()
        let old = try await accessToken(first, cookie)
        first.clock.advance(seconds: 3601)
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for index in 0..<100 {
                group.addTask { try await accessToken(index % 2 == 0 ? first : second, cookie) }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(tokens.count == 1)
        #expect(!tokens.contains(old))
        #expect(first.count(grant: "refresh_token") == 1)
    }

    @Test func usersNeverGetEachOthersTokens() async throws {
        let fixture = try FlowFixture()
        let cookies = [try await fixture.loggedIn(as: "alice"), try await fixture.loggedIn(as: "bob")]
        fixture.clock.advance(seconds: 3601)
        let subjects = try await withThrowingTaskGroup(of: [String?].self) { group in
            for index in 0..<20 {
                group.addTask {
                    let token = try await accessToken(fixture, cookies[index % 2])
                    return [
                        index % 2 == 0 ? "subject-a" : "subject-b", JSONObject(payloadOf: token)["sub"]?.stringValue,
                    ]
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(subjects.count == 20)
        #expect(subjects.allSatisfy { $0[0] == $0[1] })
    }

    /// The OpenID Foundation's modules for a refreshed ID token, and more of OpenID Connect Core §12.2.
    static let refusals: [(module: String, claim: String, value: JSONValue)] = [
        ("oidcc-client-test-refresh-token-invalid-issuer", "iss", "https://evil.example"),
        ("oidcc-client-test-refresh-token-invalid-sub", "sub", "subject-b"),
        ("another audience", "aud", "another-app"), ("another nonce", "nonce", "another"),
        ("another auth_time", "auth_time", 1_700_000_000), ("expired", "exp", 1_700_000_000),
    ]

    @Test(arguments: refusals.indices) func aRefreshedIDTokenOfAnotherUserOrIssuerIsRefused(_ index: Int) async throws {
        let (module, claim, value) = RefreshTests.refusals[index]
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let session = try await fixture.session(cookie)
        let old = try await accessToken(fixture, cookie)
        try fixture.resignIDTokens { $0[claim] = value }
        fixture.clock.advance(seconds: 3580)
        let source = fixture.flow.accessTokens(of: session)
        #expect(try await source.accessToken().exposedText == old, "\(module): the old token serves to its end")
        #expect(fixture.count(grant: "refresh_token") == 1)
        fixture.clock.advance(seconds: 120)
        // The provider has replaced the refresh token in the answer that was refused: only a new login helps.
        let failure = await #expect(throws: AccessTokenError.self) { try await source.accessToken() }
        switch failure {
        case .loginNeeded(.idTokenRefused) where claim != "sub": break
        case .loginNeeded(.sessionEnded) where claim == "sub": break
        default: Issue.record("\(module): \(String(describing: failure))")
        }
        #expect(fixture.count(grant: "refresh_token") == 1)
    }

    @Test func anotherRefusalKeepsTheRefreshTokenAndWaits() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        fixture.clock.advance(seconds: 3601)
        fixture.transport.tamper { request, response in
            request.url.path == "/token" ? .json(#"{"error":"temporarily_unavailable"}"#, status: 503) : response
        }
        // During the pause the provider is not asked, and every caller gets the same failure.
        for _ in 0..<3 {
            guard case .refused(let response) = try await failure(fixture, cookie) else {
                Issue.record("expected a refusal")
                return
            }
            #expect(response.error == "temporarily_unavailable")
        }
        #expect(fixture.count(grant: "refresh_token") == 1)
        #expect(try await fixture.session(cookie).canRefresh)
    }

    @Test func aLogoutDuringARefreshRevokesTheSuccessorAndStaysALogout() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let caught = TokenCatcher()
        fixture.tamperTokens { caught.note($0) }
        let token = try await fixture.session(cookie).csrfToken
        fixture.clock.advance(seconds: 3601)
        fixture.transport.before { request in
            guard request.url.path == "/token" else { return }
            _ = await fixture.visit("/logout", cookie: cookie, method: .post, form: [("csrf_token", token)])
        }
        guard case .loginNeeded(.sessionEnded) = try await failure(fixture, cookie) else {
            Issue.record("expected that the session is over")
            return
        }
        await fixture.drain()
        let revoked = fixture.transport.requests.filter { $0.url.path == "/revoke" }.map {
            String(decoding: $0.body, as: UTF8.self)
        }
        let successor = try #require(caught.refreshTokens.last)
        #expect(revoked.contains { $0.contains(successor) })
        #expect(await fixture.visit("/", cookie: cookie).text == "nobody")
    }

    @Test func aStoreThatFailsAfterTheRefreshKeepsTheNewTokensUntilItIsBack() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store)
        let cookie = try await fixture.loggedIn()
        fixture.clock.advance(seconds: 3601)
        fixture.transport.before { request in if request.url.path == "/token" { store.fail([.write]) } }
        guard case .tokenStore = try await failure(fixture, cookie) else {
            Issue.record("expected the tokenStore's failure")
            return
        }
        store.fail([])
        await fixture.drain()
        #expect(try await !accessToken(fixture, cookie).isEmpty)
        #expect(fixture.count(grant: "refresh_token") == 1)
    }

    @Test func aCancelledCallerDoesNotEndTheRefresh() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        fixture.clock.advance(seconds: 3601)
        let session = try await fixture.session(cookie)
        let task = Task { try? await fixture.flow.accessTokens(of: session).accessToken() }
        task.cancel()
        _ = await task.value
        #expect(try await !accessToken(fixture, cookie).isEmpty)
        #expect(fixture.count(grant: "refresh_token") == 1)
    }

    @Test func claimsOfAnotherUserAtUserInfoAreRefused() async throws {
        let fixture = try FlowFixture()
        let session = try await fixture.session(fixture.loggedIn())
        #expect(try await fixture.flow.userInfo(of: session)?.claims["email"] == "alice@example.com")
        fixture.transport.tamper { request, response in
            request.url.path == "/userinfo" ? .json(#"{"sub":"subject-b","email":"bob@example.com"}"#) : response
        }
        await #expect(throws: APIClientError.self) { try await fixture.flow.userInfo(of: session) }
    }
}
