import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing

/// What users see: their sessions in a list, and ending them.
@Suite struct SessionDirectoryTests {
    private let alice = SubjectID(trusted: "subject-a")
    private let bob = SubjectID(trusted: "subject-b")

    private func directory(_ fixture: FlowFixture) throws -> SessionDirectory {
        try #require(fixture.flow.sessionDirectory)
    }

    private func lives(_ fixture: FlowFixture, _ cookie: String) async -> Bool {
        await fixture.visit("/", cookie: cookie).text.hasPrefix("user")
    }

    @Test func listsTheUsersSessionsAndNobodyElses() async throws {
        let fixture = try FlowFixture()
        let cookies = [try await fixture.loggedIn(), try await fixture.loggedIn()]
        fixture.clock.advance(seconds: 9_000)
        _ = try await fixture.loggedIn(as: "bob")
        _ = await fixture.visit("/", cookie: cookies[0])
        let listed = try await directory(fixture).sessions(of: alice)
        let expected = [try await fixture.session(cookies[0]), try await fixture.session(cookies[1])]
        #expect(Set(listed.map(\.handle)) == Set(expected.map(\.handle)))
        #expect(listed.allSatisfy { $0.startedAt == expected[0].startedAt && $0.endsAt == expected[0].endsAt })
        #expect(Set(listed.map { $0.lastUsedAt.seconds(since: $0.startedAt) }) == [0, 9_000])
        #expect(try await directory(fixture).sessions(of: SubjectID("nobody")).isEmpty)
    }

    @Test func anotherUsersHandleAnswersLikeNone() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let handle = try await fixture.session(cookie).handle
        #expect(try await !directory(fixture).revoke(handle, of: bob))
        #expect(await lives(fixture, cookie))
        let unknown = try #require(SessionHandle(SessionID().exposedText))
        #expect(try await !directory(fixture).revoke(unknown, of: alice))
        #expect(try await directory(fixture).revoke(handle, of: alice))
        #expect(await !lives(fixture, cookie))
        #expect(try await !directory(fixture).revoke(handle, of: alice))
    }

    @Test func aSessionOfAnotherIssuersUserOfTheSameNameIsNotFound() async throws {
        let (store, keys) = (MemorySessionStore(), SealingKeys(generatedBy: .system))
        let fixture = try FlowFixture(store: store, keys: keys)
        let cookie = try await fixture.loggedIn()
        let handle = try await fixture.session(cookie).handle
        let other = try FlowFixture(store: store, keys: keys) {
            $0.issuer = (try? Issuer("https://other.example")) ?? $0.issuer
        }
        #expect(try await directory(other).sessions(of: alice).isEmpty)
        #expect(try await !directory(other).revoke(handle, of: alice))
        #expect(try await directory(other).revokeAll(of: alice).count == 0)
        #expect(await lives(fixture, cookie))
    }

    @Test(arguments: [
        "", "A", String(repeating: "A", count: 42), String(repeating: "=", count: 43),
        String(repeating: "A", count: 42) + "B", String(repeating: "A", count: 100_000),
    ])
    func garbageIsNoHandle(text: String) { #expect(SessionHandle(text) == nil) }

    @Test func theHandleIsNotTheCookie() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let handle = try await fixture.session(cookie).handle
        #expect(!cookie.contains(handle.text))
        #expect(SessionHandle(handle.text) == handle)
        #expect(await !lives(fixture, "session-3000=" + handle.text))
    }

    @Test func endsTheOthersAndKeepsThisOne() async throws {
        let fixture = try FlowFixture()
        let cookies = [try await fixture.loggedIn(), try await fixture.loggedIn(), try await fixture.loggedIn()]
        let foreign = try await fixture.loggedIn(as: "bob")
        #expect(try await directory(fixture).revokeOthers(than: fixture.session(cookies[1])).count == 2)
        for (index, cookie) in cookies.enumerated() { #expect(await lives(fixture, cookie) == (index == 1)) }
        #expect(await lives(fixture, foreign))
    }

    @Test func endsEverySessionOfTheUserInStepsAndNobodyElses() async throws {
        let fixture = try FlowFixture()
        var cookies: [String] = []
        for _ in 0..<3 { cookies.append(try await fixture.loggedIn()) }
        let foreign = try await fixture.loggedIn(as: "bob")
        #expect(try await directory(fixture).revokeAll(of: alice).count == 3)
        for cookie in cookies { #expect(await !lives(fixture, cookie)) }
        #expect(await lives(fixture, foreign))
        #expect(
            fixture.events.events.contains {
                $0.name == "session.revoked" && $0.details == [.init("sessions", "3")]
            })
    }

    @Test(arguments: ["one", "others", "all"]) func refreshTokensAreRevokedWhereTheSettingsSaySo(what: String)
        async throws
    {
        let fixture = try FlowFixture { $0.refresh.onRevocation = .refreshTokensToo }
        let caught = TokenCatcher()
        fixture.tamperTokens { caught.note($0) }
        let cookies = [try await fixture.loggedIn(), try await fixture.loggedIn()]
        // The successor of a refresh, not the token of the login.
        fixture.clock.advance(seconds: 3601)
        _ = try await fixture.accessToken(cookies[1])
        let issued = caught.refreshTokens
        try #require(issued.count == 3)
        let session = try await fixture.session(cookies[0])
        switch what {
        case "one":
            #expect(try await directory(fixture).revoke(fixture.session(cookies[1]).handle, of: alice))
        case "others":
            let ended = try await directory(fixture).revokeOthers(than: session)
            #expect([ended.count, ended.tokensRevoked, ended.tokensLeft] == [1, 1, 0])
        default:
            let ended = try await directory(fixture).revokeAll(of: alice)
            #expect([ended.count, ended.tokensRevoked, ended.tokensLeft] == [2, 2, 0])
        }
        await fixture.drain()
        #expect(Set(fixture.revokedTokens) == (what == "all" ? [issued[0], issued[2]] : [issued[2]]))
        #expect(fixture.events("token.revoked").count == fixture.revokedTokens.count)
    }

    @Test func tokensThatCannotBeOpenedAreCountedAndLeft() async throws {
        let (store, keys) = (MemorySessionStore(), SealingKeys(generatedBy: .system))
        let before = try FlowFixture(store: store, keys: keys)
        let cookies = [try await before.loggedIn(), try await before.loggedIn()]
        #expect(try await directory(before).revokeOthers(than: before.session(cookies[0])).tokensLeft == 1)
        let after = try FlowFixture(store: store, keys: keys, clock: before.clock, sharing: before) {
            $0.refresh.onRevocation = .refreshTokensToo
        }
        _ = try await after.loggedIn()
        let ended = try await directory(after).revokeAll(of: alice)
        #expect([ended.count, ended.tokensRevoked, ended.tokensLeft] == [2, 1, 1])
        await after.drain()
        #expect(before.revokedTokens.count == 1)
    }

    @Test func findsSessionsThatWereTaggedWithAnOlderKey() async throws {
        let store = MemorySessionStore()
        let (old, new) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        let first = try FlowFixture(store: store, keys: SealingKeys(secrets: [old]))
        let before = try await first.loggedIn()
        let second = try FlowFixture(
            store: store, keys: SealingKeys(secrets: [new, old]), clock: first.clock, sharing: first)
        let after = try await second.loggedIn()
        #expect(try await directory(second).sessions(of: alice).count == 2)
        #expect(try await directory(second).revokeAll(of: alice).count == 2)
        for cookie in [before, after] { #expect(await !lives(second, cookie)) }
    }

    @Test func listsPageByPageEachOnce() async throws {
        let fixture = try FlowFixture()
        for _ in 0..<7 { _ = try await fixture.loggedIn() }
        var (pages, handles) = ([Int](), [SessionHandle]())
        repeat {
            let page = try await directory(fixture).sessions(of: alice, after: handles.last, limit: 3)
            pages.append(page.count)
            handles += page.map(\.handle)
        } while pages.last == 3
        #expect(pages == [3, 3, 1])
        #expect(Set(handles).count == 7)
    }

    @Test func theLastUseIsNeverInTheFuture() async throws {
        let (store, keys) = (MemorySessionStore(), SealingKeys(generatedBy: .system))
        let first = try FlowFixture(store: store, keys: keys)
        _ = try await first.loggedIn()
        let shorter = try FlowFixture(store: store, keys: keys, clock: first.clock, sharing: first) {
            $0.idleLifetime = .seconds(3_600)
        }
        first.clock.advance(seconds: 10)
        #expect(try await directory(shorter).sessions(of: alice).map(\.lastUsedAt) == [first.clock.now])
    }

    @Test func theBrowsersNameIsBoundedAndPrintable() async throws {
        let fixture = try FlowFixture()
        for name in ["Mozilla/5.0 (X11) <b>", String(repeating: "x", count: 5_000), "caf\u{E9}\u{7F}", ""] {
            let login = try await fixture.returning()
            var request = login.request()
            if let field = HeaderField("User-Agent", name) { request.fields.append(field) }
            _ = await fixture.answer(request)
        }
        let names = try await directory(fixture).sessions(of: alice).map(\.userAgent)
        #expect(names.count == 4)
        #expect(names.contains("Mozilla/5.0 (X11) <b>"))
        #expect(names.contains(String(repeating: "x", count: 256)))
        #expect(names.contains(nil))
        #expect(names.allSatisfy { $0?.utf8.allSatisfy { (0x20..<0x7F).contains($0) } ?? true })
    }

    @Test func aStoreWithoutAnIndexHasNoDirectory() throws {
        let plain = try FlowFixture(store: FaultyStore())
        #expect(plain.flow.sessionDirectory == nil)
        #expect(plain.flow.storedSessions != nil)
        #expect(AccountPages(plain.flow) == nil)
    }

    @Test func aStoreThatIsAwayIsAProblemAndNoEmptyList() async throws {
        let fixture = try FlowFixture(store: UnreachableIndex())
        let directory = try directory(fixture)
        let handle = try #require(SessionHandle(SessionID().exposedText))
        for call in [
            { _ = try await directory.sessions(of: alice) }, { _ = try await directory.revoke(handle, of: alice) },
            { _ = try await directory.revokeAll(of: alice) },
        ] as [() async throws -> Void] {
            let problem = await #expect(throws: FlowProblem.self) { try await call() }
            #expect(problem?.code == "session_store_failed")
            #expect(problem?.status == 503)
        }
    }

    @Test func theGuidesPagesWork() async throws {
        let fixture = try FlowFixture()
        let pages = try #require(AccountPages(fixture.flow))
        let cookies = [try await fixture.loggedIn(), try await fixture.loggedIn(), try await fixture.loggedIn()]
        let session = try await fixture.session(cookies[0])
        #expect(try await pages.list(session).count == 3)
        #expect(try await pages.list(session).count { $0.contains("(this one)") } == 1)
        #expect(try await pages.revoke(fixture.session(cookies[1]).handle.text, session))
        #expect(try await !pages.revoke("nonsense", session))
        let rotated = try #require(try await pages.passwordChanged(session))
        #expect(try await pages.list(rotated.session).count == 1)
        for cookie in cookies { #expect(await !lives(fixture, cookie)) }
        let kept = BrowserReply(status: 200).adding(rotated.fields)
        #expect(await lives(fixture, try #require(kept.cookies.first)))
    }

    @Test func listsHoldNoSecret() async throws {
        let fixture = try FlowFixture()
        let caught = TokenCatcher()
        fixture.tamperTokens { caught.note($0) }
        let cookie = try await fixture.loggedIn()
        let stored = try #require(fixture.flow.storedSessions)
        let session = try await fixture.session(cookie)
        let rotated = try #require(try await stored.rotate(session))
        let next = try #require(BrowserReply(status: 200).adding(rotated.fields).cookies.first)
        var told = ""
        for value in [
            try await directory(fixture).sessions(of: alice), try directory(fixture), stored,
            stored.events(of: session),
            rotated, rotated.session,
        ] as [Any] {
            told += String(describing: value) + String(reflecting: value)
            dump(value, to: &told)
        }
        told += fixture.events.everything
        let secrets = caught.all("access_token") + caught.all("id_token") + caught.all("refresh_token")
        #expect(secrets.count == 3)
        for secret in secrets + [cookie, next].compactMap({ $0.split(separator: "=").last.map(String.init) }) {
            #expect(!told.contains(secret))
        }
    }
}

private struct UnreachableIndex: IndexedSessionStore {
    struct FaultError: Error {}

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? { throw FaultError() }
    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool { throw FaultError() }
    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool { throw FaultError() }
    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? { throw FaultError() }
    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int { throw FaultError() }
    func keys(matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime) async throws -> [SessionKey] {
        throw FaultError()
    }
    func removeAll(matching tag: IndexTag, limit: Int, at now: UnixTime) async throws -> [SessionRecord] {
        throw FaultError()
    }
}

extension SubjectID {
    fileprivate init(trusted text: String) {
        guard let subject = try? SubjectID(text) else { preconditionFailure("a subject of the fixture") }
        self = subject
    }
}
