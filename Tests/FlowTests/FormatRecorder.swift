import APIClient
import AuthURL
import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import Synchronization
import TestSupport
import WireFormats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writes down what this release lays into cookies and stores, for every later release to read.
///
/// `RECORD_FORMATS=FILE swift test --filter RecordedFormatsTests` runs it. Record once for each release, with the
/// release's own code, and never change what was recorded.
struct FormatRecorder {
    static let secret = [UInt8](repeating: 0x5A, count: 32)
    static let now = UnixTime(seconds: 1_800_000_000)
    static let secureBase = "https://localhost:3000"

    let keys: SealingKeys

    init() throws { keys = try SealingKeys(secrets: [FormatRecorder.secret]) }

    func document() async throws -> JSONObject {
        [
            "secret": .string(Base64URL.encode(FormatRecorder.secret)), "now": .time(FormatRecorder.now),
            "sessions": .array(try await storedSessions()), "cookies": .array(try await cookieSessions()),
            "pending": .array(try await pendingLogins()), "claims": .array(try await claims()),
            "marks": .array(try await marks()), "tokens": .array(try tokens()),
        ]
    }

    static func write(_ document: JSONObject, to path: String) throws {
        struct NotWrittenError: Error {}
        let octets = JSONWriter.bytes(document, style: .pretty) + [UInt8(ascii: "\n")]
        guard let file = unsafe fopen(path, "wb") else { throw NotWrittenError() }
        defer { unsafe fclose(file) }
        guard unsafe fwrite(octets, 1, octets.count, file) == octets.count else { throw NotWrittenError() }
    }

    private func fixture(
        _ store: any SessionStore = MemorySessionStore(), base: String = FlowFixture.base,
        hooks: any LoginHooks = NoHooks(), cookies: CookieSessions? = nil, offline: Bool = true
    ) throws -> FlowFixture {
        try FlowFixture(
            store: store, keys: keys, hooks: hooks, base: base, clock: ManualClock(FormatRecorder.now),
            cookies: cookies, offline: offline)
    }
}

// Sessions.
extension FormatRecorder {
    private func storedSessions() async throws -> [JSONValue] {
        [
            try await stored("tokens as they came"), try await stored("no refresh token", offline: false),
            try await stored("names of https", base: FormatRecorder.secureBase),
            try await stored("additions of the hook", hooks: Adding(octets: 40)),
            try await stored("refreshed once") { try await refresh($0, $1) },
            try await stored("a refresh without an answer") { fixture, cookie in
                fixture.transport.tamper { _, _ throws(TransportError) in
                    throw TransportError(.timedOut, sent: .maybe)
                }
                try? await refresh(fixture, cookie)
            },
            try await stored("a refresh token that was refused") { fixture, cookie in
                fixture.transport.tamper { _, _ in
                    TransportResponse(status: 400, body: Array(#"{"error":"invalid_grant"}"#.utf8))
                }
                try? await refresh(fixture, cookie)
            },
        ]
    }

    private func refresh(_ fixture: FlowFixture, _ cookie: String) async throws {
        fixture.clock.advance(seconds: 3601)
        _ = try await fixture.flow.accessTokens(of: fixture.session(cookie)).accessToken()
    }

    private func stored(
        _ name: String, base: String = FlowFixture.base, hooks: any LoginHooks = NoHooks(), offline: Bool = true,
        then change: (FlowFixture, String) async throws -> Void = { _, _ in }
    ) async throws -> JSONValue {
        let store = RecordingStore()
        let fixture = try fixture(store, base: base, hooks: hooks, offline: offline)
        let cookie = try await fixture.loggedIn()
        try await change(fixture, cookie)
        let records = store.records.filter { $0.objectValue?["kind"] == 1 }
        return .object(try await described(name, fixture: fixture, base: base, cookie: cookie, records: records))
    }

    private func cookieSessions() async throws -> [JSONValue] {
        [
            try await inCookies("one cookie"), try await inCookies("names of https", base: FormatRecorder.secureBase),
            try await inCookies("three cookies", hooks: Adding(octets: 5_000)),
        ]
    }

    private func inCookies(
        _ name: String, base: String = FlowFixture.base, hooks: any LoginHooks = NoHooks()
    ) async throws -> JSONValue {
        let sessions = CookieSessions(epoch: RevocationEpoch(.distantPast), maximumCookies: 5)
        let fixture = try fixture(base: base, hooks: hooks, cookies: sessions)
        let reply = try await fixture.answer(fixture.returning().request())
        let cookie = reply.cookies.filter { $0.contains("session") }.joined(separator: "; ")
        return .object(try await described(name, fixture: fixture, base: base, cookie: cookie, records: []))
    }

    /// What was written, and what it says.
    private func described(
        _ name: String, fixture: FlowFixture, base: String, cookie: String, records: [JSONValue]
    ) async throws -> JSONObject {
        let session = try await fixture.session(cookie)
        var object: JSONObject = [
            "name": .string(name), "base": .string(base), "cookie": .string(cookie), "records": .array(records),
            "at": .time(fixture.clock.now), "subject": .string(session.subject.text),
            "correlationID": .string(session.correlationID), "startedAt": .time(session.startedAt),
            "endsAt": .time(session.endsAt), "canRefresh": .bool(session.canRefresh),
            "csrfToken": .string(session.csrfToken), "claims": .object(session.claims),
            "additions": .object(session.additions),
        ]
        object["accessTokenEndsAt"] = session.accessTokenEndsAt.map(JSONValue.time)
        return object
    }

    struct Adding: LoginHooks {
        let octets: Int

        func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {}

        func decide(_ login: CompletedLogin) async throws -> LoginDecision {
            .allowAdding(["note": .string(String(repeating: "n", count: octets))])
        }
    }
}

// Logins.
extension FormatRecorder {
    private func pendingLogins() async throws -> [JSONValue] {
        [
            try await pending("a path"), try await pending("names of https", base: FormatRecorder.secureBase),
            try await pending("a long path", path: "/private?q=" + String(repeating: "x", count: 2_037)),
            try await pending("max_age", hooks: MaxAge()),
        ]
    }

    private func pending(
        _ name: String, base: String = FlowFixture.base, path: String = "/private?tab=2",
        hooks: any LoginHooks = NoHooks()
    ) async throws -> JSONValue {
        let fixture = try fixture(base: base, hooks: hooks)
        let begun = await fixture.visit(path)
        return .object([
            "name": .string(name), "base": .string(base), "path": .string(path),
            "location": .string(begun.location ?? ""), "cookie": .string(begun.cookies.joined(separator: "; ")),
        ])
    }

    struct MaxAge: LoginHooks {
        func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
            request.maxAge = .seconds(300)
        }

        func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
    }

    private func claims() async throws -> [JSONValue] {
        [
            try await claim("a session"),
            try await claim("a problem") { fixture in
                fixture.transport.tamper { request, response in
                    request.url.path == "/token" ? TransportResponse(status: 500) : response
                }
            },
        ]
    }

    private func claim(_ name: String, tampering: (FlowFixture) -> Void = { _ in }) async throws -> JSONValue {
        let store = RecordingStore()
        let fixture = try fixture(store)
        let login = try await fixture.returning()
        let claimed = Mutex<[JSONValue]>([])
        fixture.transport.before { _ in claimed.withLock { if $0.isEmpty { $0 = store.records } } }
        tampering(fixture)
        let reply = await fixture.answer(login.request())
        return .object([
            "name": .string(name), "cookie": .string(login.cookie), "target": .string(login.target),
            "claimed": .array(claimed.withLock { $0 }), "records": .array(store.records),
            "status": .number(JSONNumber(reply.status)),
            "session": .string(reply.cookies.first { $0.hasPrefix("session") } ?? ""),
            "location": .string(reply.location ?? ""),
        ])
    }

    /// The small cookies: of a logout under way, and of logins that did not hold.
    private func marks() async throws -> [JSONValue] {
        let fixture = try fixture()
        let cookie = try await fixture.loggedIn()
        let token = try await fixture.session(cookie).csrfToken
        let left = await fixture.visit(
            "/logout", cookie: cookie, method: .post, form: [("csrf_token", token)])
        let logout = left.cookies.joined(separator: "; ")
        var circles = ""
        for _ in 0..<3 {
            let login = try await fixture.returning()
            let reply = await fixture.answer(login.request(cookie: "\(login.cookie); \(circles)"))
            circles = reply.cookies.first { $0.hasPrefix("circles") } ?? ""
        }
        return [
            .object(["name": "logout", "cookie": .string(logout)]),
            .object(["name": "circles", "cookie": .string(circles)]),
        ]
    }
}

// Tokens by themselves, as a separate token store keeps them.
extension FormatRecorder {
    private func tokens() throws -> [JSONValue] {
        let now = FormatRecorder.now
        let set = TokenSet(
            accessToken: AccessToken("access-1"), expiresAt: now.adding(seconds: 3600),
            refreshToken: RefreshToken("refresh-1"), idToken: nil, scope: try Scope("openid a b"), receivedAt: now)
        var leased = StoredTokenSet(set)
        let attempt = RefreshAttempt(
            id: [UInt8](repeating: 7, count: 16), startedAt: now, deadline: now.adding(seconds: 30))
        let entry = leased.lease(leased.entry(for: TokenTarget()), as: attempt)
        var outcomes = [("as they came", StoredTokenSet(set)), ("a refresh under way", leased)]
        let renewed = TokenSet(
            accessToken: AccessToken("access-2"), expiresAt: nil, refreshToken: RefreshToken("refresh-2"), idToken: nil,
            scope: nil, receivedAt: now.adding(seconds: 1))
        for (name, outcome) in [
            ("refreshed", .refreshed(renewed)), ("refused", .ended), ("unknown", .unknown),
            ("postponed", .postponed(until: now.adding(seconds: 60))),
        ] as [(String, RefreshOutcome)] {
            var settled = leased
            if let entry { _ = settled.settle(attempt, of: entry, with: outcome) }
            outcomes.append((name, settled))
        }
        return outcomes.map { name, tokens in
            .object([
                "name": .string(name),
                "octets": .string(String(decoding: tokens.encodedSecrets(), as: UTF8.self)),
                "says": .string(FormatRecorder.says(tokens)),
            ])
        }
    }

    /// Everything that can be read of tokens from outside.
    static func says(_ tokens: StoredTokenSet) -> String {
        let entry = tokens.entry(for: TokenTarget())
        let access = entry.access.map { held in
            "\(held.token.exposedText) until \(held.expiresAt?.seconds ?? 0) since \(held.receivedAt.seconds) "
                + "for \(held.scope?.description ?? "-")"
        }
        let state = entry.refresh
        let attempt = state.attempt.map { "\($0.startedAt.seconds)-\($0.deadline.seconds)" }
        return "\(access ?? "-"); \(state.token?.exposedText ?? "-") refused \(state.isRefused) "
            + "unknown \(state.unknownOutcomes) failures \(state.failures) retry \(state.retryAt?.seconds ?? 0) "
            + "generation \(state.generation) attempt \(attempt ?? "-")"
    }
}
