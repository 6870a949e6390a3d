import APIClient
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

/// What each response to a refresh means: the table of `Docs/Guides/RefreshingTokens.md`, row by row.
@Suite struct RefreshAnswerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        /// As the guide writes it.
        let answer: String
        let responses: [TransportResponse]
        var event = "refresh.refused"
        var tokenIsKept = true
        var sessionLives = true
        let problem: String
        let turn: FlowProblem.Turn

        var testDescription: String { answer }

        var line: String {
            let session = sessionLives ? "goes on" : "ends"
            let turn = turn == .user ? "the user" : turn == .operator ? "the operator" : "wait"
            return "| \(answer) | \(tokenIsKept ? "kept" : "gone") | \(session) | `\(problem)` | \(turn) | `\(event)` |"
        }
    }

    private static func errors(_ codes: String...) -> [TransportResponse] {
        codes.map { .json("{\"error\":\"\($0)\",\"error_description\":\"AADSTS50076: more is due\"}", status: 400) }
    }

    private static let page = TransportResponse(
        status: 200, fields: [HeaderField("Content-Type", "text/html")].compactMap(\.self), body: Array("<p>".utf8))

    static let rows: [Row] = [
        Row(
            answer: "`invalid_grant`", responses: errors("invalid_grant"), tokenIsKept: false, sessionLives: false,
            problem: "token_login_needed", turn: .user),
        Row(
            answer:
                "`interaction_required`, `login_required`, `consent_required`, `account_selection_required`, `mfa_required`",
            responses: errors(
                "interaction_required", "login_required", "consent_required", "account_selection_required",
                "mfa_required"),
            problem: "token_login_needed", turn: .user),
        Row(
            answer:
                "`invalid_request`, `invalid_token`, `access_denied`, any other error, or 400 without a readable error",
            responses: errors("invalid_request", "invalid_token", "access_denied", "bad_refresh_token")
                + [TransportResponse(status: 400)],
            problem: "token_login_needed", turn: .user),
        Row(
            answer:
                "`invalid_client`, `unauthorized_client`, `invalid_scope`, `unsupported_grant_type`, or 401, 403, 404 without a readable error",
            responses: errors("invalid_client", "unauthorized_client", "invalid_scope", "unsupported_grant_type")
                + [401, 403, 404].map { TransportResponse(status: $0) },
            problem: "token_refresh_refused", turn: .operator),
        Row(
            answer: "`server_error`, `temporarily_unavailable`",
            responses: errors("server_error", "temporarily_unavailable"),
            problem: "token_refresh_failed", turn: .wait),
        Row(
            answer: "anything that is not a token response, such as an HTML page", responses: [page],
            event: "refresh.failed", problem: "token_refresh_refused", turn: .operator),
    ]

    private func expired(_ row: Row, _ response: TransportResponse) async throws -> (FlowFixture, String) {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        RefreshingProvider(fixture).answer(response)
        fixture.clock.advance(seconds: 3601)
        return (fixture, cookie)
    }

    @Test(arguments: rows) func eachAnswerLeadsToWhatTheGuideSays(_ row: Row) async throws {
        let guide = String(decoding: try VectorFile.document("Docs/Guides/RefreshingTokens.md"), as: UTF8.self)
        #expect(guide.contains(row.line), "the guide has no line: \(row.line)")
        for response in row.responses {
            let (fixture, cookie) = try await expired(row, response)
            let session = try await fixture.session(cookie)
            let failure = try #require(try await fixture.tokenFailure(cookie))
            let problem = fixture.flow.problem(failure, of: session, returningTo: "/orders?page=2")
            #expect(problem.code == row.problem)
            #expect(problem.turn == row.turn)
            let login = "/login?returnTo=%2Forders%3Fpage%3D2"
            #expect(problem.retryPath == (row.turn == .user ? login : "/orders?page=2"))
            let lives = await fixture.visit("/", cookie: cookie).text == "user subject-a"
            #expect(lives == row.sessionLives)
            if lives { #expect(try await fixture.session(cookie).canRefresh == row.tokenIsKept) }
            let event = try #require(fixture.events(row.event).first)
            #expect(fixture.events(row.event).count == 1)
            #expect(event["turn"] == row.turn.rawValue)
            #expect(event["diagnosis"]?.isEmpty == false)
            if row.event == "refresh.refused", !response.body.isEmpty {
                #expect(event["diagnosis"]?.contains("AADSTS50076") == true, "the provider's own words")
            }
        }
    }

    /// The guide's second table: no response, or tokens that cannot be used.
    enum Mishap: String, CaseIterable, Sendable {
        case nothingSent =
            "| the request could not be sent | kept | goes on | `token_provider_away` | wait | `refresh.failed` |"
        case keysAway =
            "| new tokens, and the provider's keys cannot be fetched | the new one is kept | goes on | `token_not_checked_yet` | wait | `refresh.pending` |"
        case doesNotHold =
            "| new tokens with an invalid ID token | revoked | goes on | `token_login_needed` | the user | `refresh.id_token_refused` |"
        case anotherUser =
            "| new tokens for another user | revoked | ends | `token_login_needed` | the user | `refresh.subject_changed` |"
        case noAccessToken =
            "| an ID token without an access token | kept | goes on | `token_none_issued` | the operator | `refresh.granted` |"

        func happen(to fixture: FlowFixture) throws {
            let provider = RefreshingProvider(fixture)
            switch self {
            case .nothingSent:
                fixture.transport.tamper { request, response throws(TransportError) in
                    guard request.grant == "refresh_token" else { return response }
                    throw TransportError(.connectionFailed, sent: .nothing)
                }
            case .keysAway:
                try provider.rotateKey()
                provider.setKeysAway(true)
            case .doesNotHold: provider.changeIDTokens { $0["nonce"] = "another" }
            case .anotherUser: provider.changeIDTokens { $0["sub"] = "subject-b" }
            case .noAccessToken: provider.changeAnswers { $0["access_token"] = nil }
            }
        }
    }

    @Test(arguments: Mishap.allCases) func eachMishapLeadsToWhatTheGuideSays(_ mishap: Mishap) async throws {
        let guide = String(decoding: try VectorFile.document("Docs/Guides/RefreshingTokens.md"), as: UTF8.self)
        #expect(guide.contains(mishap.rawValue))
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let session = try await fixture.session(cookie)
        try mishap.happen(to: fixture)
        fixture.clock.advance(seconds: 3601)
        let failure = try #require(try await fixture.tokenFailure(cookie))
        let problem = fixture.flow.problem(failure, of: session, returningTo: "/")
        let turn = problem.turn == .user ? "the user" : problem.turn == .operator ? "the operator" : "wait"
        #expect(mishap.rawValue.contains("`\(problem.code)` | \(turn) |"))
        let told = fixture.events.events.filter { mishap.rawValue.hasSuffix("`\($0.name)` |") }
        #expect(!told.isEmpty)
        let lives = await fixture.visit("/", cookie: cookie).text == "user subject-a"
        #expect(lives == mishap.rawValue.contains("| goes on |"))
        #expect(fixture.revokedTokens.isEmpty != mishap.rawValue.contains("| revoked |"))
        if lives { #expect(try await fixture.session(cookie).canRefresh == mishap.rawValue.contains(" kept |")) }
    }

    /// zmartzone/lua-resty-openidc#50 and Entra's AADSTS50076: more factors have become due.
    @Test func whatOnlyALoginMendsIsAskedForUntilItSucceedsAndTheProviderIsLeftInPeace() async throws {
        let (fixture, cookie) = try await expired(
            RefreshAnswerTests.rows[1], RefreshAnswerTests.errors("interaction_required")[0])
        for second in 0..<59 {
            guard
                case .loginNeeded(.interactionRequired("interaction_required")) = try await fixture.tokenFailure(cookie)
            else {
                Issue.record("second \(second): expected that a login is asked for")
                return
            }
            #expect(fixture.count(grant: "refresh_token") == 1)
            fixture.clock.advance(seconds: 1)
        }
        // Pages that need no token are not sent anywhere.
        #expect(await fixture.visit("/private", cookie: cookie).text == "user subject-a")
        // The login makes a new session, with tokens of its own.
        let next = try await fixture.loggedIn()
        #expect(try await !fixture.accessToken(next).isEmpty)
    }

    @Test func anAnswerThatMayMeanADeadTokenAsksForNoLoginBeforeTheAccessTokenEnds() async throws {
        for response in RefreshAnswerTests.rows[2].responses {
            let fixture = try FlowFixture()
            let cookie = try await fixture.loggedIn()
            RefreshingProvider(fixture).answer(response)
            fixture.clock.advance(seconds: 3580)
            #expect(try await !fixture.accessToken(cookie).isEmpty)
            fixture.clock.advance(seconds: 21)
            guard case .loginNeeded(.interactionRequired) = try await fixture.tokenFailure(cookie) else {
                Issue.record("expected that a login is asked for")
                return
            }
        }
    }

    @Test func aSessionMayOutliveItsRefreshToken() async throws {
        let fixture = try FlowFixture { $0.refresh.afterInvalidGrant = .keepSession }
        let cookie = try await fixture.loggedIn()
        RefreshingProvider(fixture).answer(RefreshAnswerTests.rows[0].responses[0])
        fixture.clock.advance(seconds: 3601)
        for _ in 0..<3 {
            guard case .loginNeeded(.refreshTokenRefused) = try await fixture.tokenFailure(cookie) else {
                Issue.record("expected that a new login is needed")
                return
            }
        }
        #expect(fixture.count(grant: "refresh_token") == 1)
        #expect(try await !fixture.session(cookie).canRefresh)
    }

    @Test func aSessionThatEndsWithItsRefreshTokenSaysWhy() async throws {
        let (fixture, cookie) = try await expired(RefreshAnswerTests.rows[0], RefreshAnswerTests.rows[0].responses[0])
        _ = try await fixture.tokenFailure(cookie)
        #expect(fixture.events("session.ended").map { $0["cause"] } == ["invalid_grant"])
        #expect(await fixture.visit("/", cookie: cookie).text == "nobody")
    }

    /// The process dies, or the store is away, between the refusal and the end of the session.
    @Test func aSessionThatCouldNotBeEndedIsEndedAtTheNextCall() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store, sleeper: Sleeper { _ in await Task.yield() })
        let cookie = try await fixture.loggedIn()
        RefreshingProvider(fixture).answer(RefreshAnswerTests.rows[0].responses[0])
        fixture.clock.advance(seconds: 3601)
        store.fail([.remove])
        _ = try await fixture.tokenFailure(cookie)
        await fixture.drain()
        let session = try await fixture.session(cookie)
        store.fail([])
        do throws(AccessTokenError) {
            _ = try await fixture.flow.accessTokens(of: session).accessToken()
        } catch {
            guard case .loginNeeded(.sessionEnded) = error else {
                Issue.record("\(error)")
                return
            }
        }
        #expect(await fixture.visit("/", cookie: cookie).text == "nobody")
        #expect(fixture.count(grant: "refresh_token") == 1)
    }

    @Test func anAnswerThatGotLostIsAnEventToo() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        fixture.clock.advance(seconds: 3601)
        fixture.transport.tamper { request, response throws(TransportError) in
            guard request.grant == "refresh_token" else { return response }
            throw TransportError(.connectionLost, sent: .maybe)
        }
        let failure = try #require(try await fixture.tokenFailure(cookie))
        #expect(fixture.events("refresh.lost").count == 1)
        let session = try await fixture.session(cookie)
        #expect(fixture.flow.problem(failure, of: session, returningTo: "/").code == "token_refresh_failed")
        guard case .loginNeeded(.outcomeUnknown) = try await fixture.tokenFailure(cookie) else {
            Issue.record("expected that a login is asked for")
            return
        }
    }

    @Test func manyUsersAtOnceAreOneEventForTheOperator() async throws {
        let fixture = try FlowFixture()
        var cookies: [String] = []
        for _ in 0..<12 { cookies.append(try await fixture.loggedIn()) }
        RefreshingProvider(fixture).answer(RefreshAnswerTests.errors("interaction_required")[0])
        fixture.clock.advance(seconds: 3601)
        for cookie in cookies { _ = try await fixture.tokenFailure(cookie) }
        #expect(fixture.events("refresh.refused").count == 12)
        let storm = fixture.events("refresh.login_storm")
        #expect(storm.map { $0["code"] } == ["interaction_required"])
        #expect(storm.map { $0["turn"] } == ["operator"])
        fixture.clock.advance(seconds: 70)
        for cookie in cookies { _ = try await fixture.tokenFailure(cookie) }
        #expect(fixture.events("refresh.login_storm").count == 2, "once a minute")
    }

    @Test func noEventShowsAToken() async throws {
        let fixture = try FlowFixture()
        let caught = TokenCatcher()
        let cookie = try await fixture.loggedIn()
        fixture.tamperTokens { caught.note($0) }
        fixture.clock.advance(seconds: 3601)
        _ = try await fixture.accessToken(cookie)
        #expect(fixture.events("refresh.granted").count == 1)
        let secrets = caught.all("access_token") + caught.all("id_token") + caught.all("refresh_token")
        #expect(secrets.count == 3)
        for secret in secrets { #expect(!fixture.events.everything.contains(secret)) }
    }
}

/// What the ID token of a refresh may say.
@Suite struct RefreshedIDTokenTests {
    private func refreshed(
        _ configure: (inout LoginSettings) -> Void = { _ in },
        _ change: @escaping @Sendable (inout JSONObject) -> Void
    ) async throws -> (FlowFixture, String) {
        let fixture = try FlowFixture(configure: configure)
        let cookie = try await fixture.loggedIn()
        RefreshingProvider(fixture).changeIDTokens(change)
        fixture.clock.advance(seconds: 3601)
        return (fixture, cookie)
    }

    @Test(arguments: ["/private", "/"]) func aSubjectThatWasSwappedEndsTheSessionAndCannotBeMissed(
        path: String
    ) async throws {
        let (fixture, cookie) = try await refreshed { $0["sub"] = "subject-b" }
        guard case .loginNeeded(.idTokenRefused) = try await fixture.tokenFailure(cookie) else {
            Issue.record("expected that a login is asked for")
            return
        }
        let event = try #require(fixture.events("refresh.subject_changed").first)
        #expect(event["expected"] == "subject-a")
        #expect(event["found"] == "subject-b")
        #expect(fixture.events("refresh.id_token_refused").isEmpty)
        #expect(fixture.revokedTokens.count == 1)
        #expect(await !fixture.visit(path, cookie: cookie).text.hasPrefix("user"))
        #expect(fixture.events("session.ended").count == 1)
    }

    @Test func anotherRefusalNamesTheClaimAndRevokesTheSuccessor() async throws {
        let (fixture, cookie) = try await refreshed { $0["nonce"] = "another" }
        for _ in 0..<3 {
            guard case .loginNeeded(.idTokenRefused("wrong_nonce")) = try await fixture.tokenFailure(cookie) else {
                Issue.record("expected that a login is asked for")
                return
            }
            fixture.clock.advance(seconds: 120)
        }
        let event = try #require(fixture.events("refresh.id_token_refused").first)
        #expect(event["diagnosis"]?.contains("nonce") == true)
        #expect(fixture.count(grant: "refresh_token") == 1)
        let sent = try #require(fixture.transport.requests.first { $0.grant == "refresh_token" })
        let revoked = try #require(fixture.revokedTokens.first)
        #expect(fixture.revokedTokens.count == 1)
        #expect(!String(decoding: sent.body, as: UTF8.self).contains(revoked))
        #expect(try await fixture.session(cookie).subject.text == "subject-a")
    }

    /// panva/openid-client PR 532 and authlib/authlib#921: authentik writes claims without a value as null.
    @Test func claimsThatAreNullCountAsAbsent() async throws {
        let (fixture, cookie) = try await refreshed {
            for name in ["nonce", "at_hash", "c_hash"] { $0[name] = .null }
        }
        #expect(try await !fixture.accessToken(cookie).isEmpty)
        #expect(fixture.count(grant: "refresh_token") == 1)
        #expect(fixture.events("provider.deviation").contains { $0["member"] == "nonce" })
    }

    /// Authlib's stock server and Cognito write the time of the refresh.
    @Test func aNewAuthTimeEndsInOneLogin() async throws {
        let (fixture, cookie) = try await refreshed { $0["auth_time"] = 1_800_003_601 }
        let failure = try #require(try await fixture.tokenFailure(cookie))
        let problem = try await fixture.flow.problem(failure, of: fixture.session(cookie), returningTo: "/orders")
        #expect(problem.code == "token_login_needed")
        let event = try #require(fixture.events("refresh.id_token_refused").first)
        #expect(event["diagnosis"]?.contains("auth_time") == true)
        #expect(event["expected"] == "1800000000")
        #expect(event["found"] == "1800003601")
    }

    @Test func aNewAuthTimeIsTakenWhereTheSettingsSaySo() async throws {
        let (fixture, cookie) = try await refreshed({ $0.deviations = [.newAuthTimeAtRefresh] }) {
            $0["auth_time"] = 1_800_003_601
        }
        #expect(try await !fixture.accessToken(cookie).isEmpty)
        #expect(fixture.events("provider.deviation").map { $0["member"] } == ["auth_time"])
        #expect(try await fixture.session(cookie).claims["auth_time"]?.intValue == 1_800_000_000)
    }

    @Test func anEarlierAuthTimeIsRefusedAllTheSame() async throws {
        let (fixture, cookie) = try await refreshed({ $0.deviations = [.newAuthTimeAtRefresh] }) {
            $0["auth_time"] = 1_700_000_000
        }
        guard case .loginNeeded(.idTokenRefused) = try await fixture.tokenFailure(cookie) else {
            Issue.record("expected that a login is asked for")
            return
        }
    }
}
