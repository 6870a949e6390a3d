import APIClient
import AuthURL
import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

/// Sessions in cookies, whose every octet an attacker may choose.
@Suite struct CookieSessionTests {
    private func fixture(
        epoch: RevocationEpoch = RevocationEpoch(.distantPast), maximumCookies: Int = 1, keys: SealingKeys? = nil,
        hooks: any LoginHooks = NoHooks(), base: String = FlowFixture.base, sharing other: FlowFixture? = nil,
        configure: (inout LoginSettings) -> Void = { _ in }
    ) throws -> FlowFixture {
        try FlowFixture(
            keys: keys, hooks: hooks, base: base, clock: other?.clock ?? ManualClock(), sharing: other,
            cookies: CookieSessions(epoch: epoch, maximumCookies: maximumCookies), configure: configure)
    }

    /// Logs in and answers all of the session's cookies.
    private func loggedIn(_ fixture: FlowFixture) async throws -> String {
        let reply = try await fixture.answer(fixture.returning().request())
        return reply.cookies.filter { $0.hasPrefix("session") }.joined(separator: "; ")
    }

    private func who(_ fixture: FlowFixture, _ cookie: String) async -> String {
        await fixture.visit("/", cookie: cookie).text
    }

    private func value(_ cookie: String) -> String { String(cookie.drop { $0 != "=" }.dropFirst()) }

    @Test func everyChangedOctetMakesItNobody() async throws {
        let fixture = try fixture()
        let cookie = try await loggedIn(fixture)
        let letters = Array(value(cookie))
        for index in letters.indices {
            var changed = letters
            changed[index] = letters[index] == "A" ? "B" : "A"
            #expect(await who(fixture, "session-3000=" + String(changed)) == "nobody", "letter \(index)")
        }
        for length in stride(from: 0, to: letters.count, by: 37) {
            #expect(await who(fixture, "session-3000=" + String(letters.prefix(length))) == "nobody")
        }
        #expect(await who(fixture, cookie + "A") == "nobody")
        #expect(await who(fixture, cookie) == "user subject-a")
    }

    @Test(arguments: [
        "", ".", "1", "1.", "0.", "9.AAAA", "2.AAAA", "-1.AAAA", "1.%41", "1.AAA=", "\u{0661}.AAAA", "x.AAAA",
        "1." + String(repeating: "A", count: 4000), "1." + String(repeating: "A", count: 60_000),
        SessionID().exposedText,
    ]) func garbageIsNobody(value: String) async throws {
        #expect(await who(try fixture(), "session-3000=" + value) == "nobody")
    }

    @Test func twoCookiesOfTheNameAreNobody() async throws {
        let fixture = try fixture()
        let (one, other) = (try await loggedIn(fixture), try await loggedIn(fixture))
        for pair in ["\(one); \(other)", "\(other); \(one)", "\(one); \(one)"] {
            #expect(await who(fixture, pair) == "nobody")
        }
    }

    @Test func aLoginInProgressIsNoSessionAndASessionNoLogin() async throws {
        let fixture = try fixture()
        let login = try await fixture.returning()
        #expect(await who(fixture, "session-3000=1." + value(login.cookie)) == "nobody")
        let session = try await loggedIn(fixture)
        let name = login.cookie.prefix { $0 != "=" }
        for forged in [value(session), String(value(session).dropFirst(2))] {
            let reply = await fixture.answer(login.request(cookie: "\(name)=\(forged)"))
            #expect(reply.status == 400)
            #expect(!reply.setsSession)
        }
    }

    /// Under the same name as context the purpose alone keeps them apart.
    @Test func whatWasSealedForAnotherPurposeIsNobody() async throws {
        let keys = SealingKeys(generatedBy: .system)
        let fixture = try fixture(keys: keys)
        let sealed = try #require(Base64URL.decode(String(value(try await loggedIn(fixture)).dropFirst(2))))
        let context = Array("session-3000".utf8)
        let content = try #require(keys.sealer(for: SealingPurpose("cookie session")).open(sealed, context: context))
        for (purpose, expected) in [
            (SealingPurpose("cookie session"), "user subject-a"), (.pendingLogin, "nobody"), (.summary, "nobody"),
            (.secrets, "nobody"),
        ] {
            let forged = try keys.sealer(for: purpose).seal(content, context: context)
            #expect(await who(fixture, "session-3000=1." + Base64URL.encode(forged)) == expected)
        }
        let elsewhere = try keys.sealer(for: SealingPurpose("cookie session")).seal(content, context: [])
        #expect(await who(fixture, "session-3000=1." + Base64URL.encode(elsewhere)) == "nobody")
    }

    /// Whoever once had the keys, or an older release, may have sealed anything, so it is read with care.
    @Test(
        arguments: [
            ("v", 2), ("v", nil), ("id", "short"), ("id", nil), ("start", "now"), ("start", nil), ("idle", nil),
            ("end", "soon"), ("idt", "a.b.c"), ("idt", nil), ("at", nil), ("atStart", nil), ("cid", 7),
        ] as [(String, JSONValue?)])
    func sealedNonsenseIsNobody(member: String, replacement: JSONValue?) async throws {
        let keys = SealingKeys(generatedBy: .system)
        let fixture = try fixture(keys: keys)
        let sealer = keys.sealer(for: SealingPurpose("cookie session"))
        let context = Array("session-3000".utf8)
        let sealed = try #require(Base64URL.decode(String(value(try await loggedIn(fixture)).dropFirst(2))))
        var object = try JSONReader.object(try #require(sealer.open(sealed, context: context)))
        #expect(object[member] != nil)
        object[member] = replacement
        let forged = try sealer.seal(JSONWriter.bytes(object), context: context)
        #expect(await who(fixture, "session-3000=1." + Base64URL.encode(forged)) == "nobody")
    }

    @Test func aSessionAtAnotherIssuerIsNobody() async throws {
        let keys = SealingKeys(generatedBy: .system)
        let first = try fixture(keys: keys)
        let cookie = try await loggedIn(first)
        let moved = try fixture(keys: keys, sharing: first) {
            $0.issuer = (try? Issuer("https://other.example")) ?? $0.issuer
        }
        #expect(await who(moved, cookie) == "nobody")
    }

    /// A session of one app is no session of another app with the same keys.
    @Test func aSessionOfAnotherAppWithTheSameKeysIsNobody() async throws {
        let keys = SealingKeys(generatedBy: .system)
        let first = try fixture(keys: keys)
        let cookie = try await loggedIn(first)
        let other = try fixture(keys: keys, sharing: first) {
            $0.clientID = (try? ClientID("another-app")) ?? $0.clientID
        }
        #expect(await who(other, cookie) == "nobody")
        #expect(await who(first, cookie) == "user subject-a")
    }

    /// Neither its ends nor the epoch would mean anything.
    @Test func aSessionThatBeganInTheFutureIsNobody() async throws {
        let fixture = try fixture()
        fixture.clock.advance(seconds: 60)
        let cookie = try await loggedIn(fixture)
        fixture.clock.advance(seconds: -60)
        #expect(await who(fixture, cookie) == "user subject-a", "clocks of processes differ a little")
        fixture.clock.advance(seconds: -1)
        #expect(await who(fixture, cookie) == "nobody")
    }

    @Test(arguments: [(86_399, true), (86_400, false), (700_000, false)])
    func endsWhenItIsIdleForADay(seconds: Int64, lives: Bool) async throws {
        let fixture = try fixture()
        let cookie = try await loggedIn(fixture)
        fixture.clock.advance(seconds: seconds)
        #expect(await who(fixture, cookie) == (lives ? "user subject-a" : "nobody"))
    }

    @Test func isIssuedAnewOnceATenthOfTheIdleTimeHasPassedAndEndsAfterSevenDays() async throws {
        let fixture = try fixture()
        var cookie = try await loggedIn(fixture)
        fixture.clock.advance(seconds: 8_639)
        #expect(await fixture.visit("/", cookie: cookie).cookies.isEmpty)
        fixture.clock.advance(seconds: 1)
        var hours = 0
        while hours < 200, case let reply = await fixture.visit("/", cookie: cookie), reply.text == "user subject-a" {
            #expect(reply.fields.values(named: "Cache-Control") == ["no-store"])
            #expect(reply.fields.values(named: "Vary") == ["Cookie"])
            cookie = reply.cookies.first ?? cookie
            fixture.clock.advance(seconds: 3600)
            hours += 1
        }
        // 8,640 s and then whole hours: the first hour that reaches seven days.
        #expect(hours == 166)
    }

    @Test func theBrowserKeepsItAsLongAsItLives() async throws {
        let fixture = try fixture { $0.absoluteLifetime = .seconds(90_000) }
        let reply = try await fixture.answer(fixture.returning().request())
        let cookie = try #require(reply.fields.values(named: "Set-Cookie").first { $0.hasPrefix("session-3000=1.") })
        #expect(cookie.contains("; Max-Age=90000;"))
        fixture.clock.advance(seconds: 80_000)
        let renewed = await fixture.visit("/", cookie: String(cookie.prefix { $0 != ";" }))
        #expect(renewed.fields.values(named: "Set-Cookie").contains { $0.contains("; Max-Age=10000;") })
    }

    @Test func oldKeysOpenAndRemovedKeysDoNot() async throws {
        let (old, new) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        let first = try fixture(keys: SealingKeys(secrets: [old]))
        let cookie = try await loggedIn(first)
        let both = try fixture(keys: SealingKeys(secrets: [new, old]), sharing: first)
        #expect(await who(both, cookie) == "user subject-a")
        #expect(await who(try fixture(keys: SealingKeys(secrets: [new]), sharing: first), cookie) == "nobody")
    }

    @Test func aCopyOutlivesTheLogoutAndNotTheEpoch() async throws {
        let epoch = RevocationEpoch(.distantPast)
        let fixture = try fixture(epoch: epoch)
        let copy = try await loggedIn(fixture)
        let token = try await fixture.session(copy).csrfToken
        let reply = await fixture.visit(
            "/logout", cookie: copy, method: .post, form: [("csrf_token", token)])
        #expect(reply.status == 303)
        #expect(reply.fields.values(named: "Set-Cookie").contains { $0.hasPrefix("session-3000=; ") })
        #expect(await who(fixture, copy) == "user subject-a", "as the guide says")
        epoch.raise(to: fixture.clock.now.adding(seconds: 1))
        #expect(await who(fixture, copy) == "nobody")
    }

    @Test func theEpochCountsFromTheLoginHoweverOftenTheCookieWasIssuedAnew() async throws {
        let epoch = RevocationEpoch(.distantPast)
        let fixture = try fixture(epoch: epoch)
        let begun = fixture.clock.now
        let cookie = try await loggedIn(fixture)
        fixture.clock.advance(seconds: 20_000)
        let renewed = try #require(await fixture.visit("/", cookie: cookie).cookies.first)
        #expect(renewed != cookie)
        epoch.raise(to: begun)
        #expect(await who(fixture, renewed) == "user subject-a")
        epoch.raise(to: begun.adding(seconds: 1))
        #expect(await who(fixture, renewed) == "nobody")
        #expect(await who(fixture, try await loggedIn(fixture)) == "user subject-a")
    }

    @Test func theEpochNeverFalls() {
        let epoch = RevocationEpoch(UnixTime(seconds: 10))
        for (asked, expected) in [(5, 10), (11, 11), (Int64.min, 11), (12, 12)] as [(Int64, Int64)] {
            epoch.raise(to: UnixTime(seconds: asked))
            #expect(epoch.time.seconds == expected)
        }
    }

    @Test func aProcessThatBeginsWithTheEpochRefusesToo() async throws {
        let keys = SealingKeys(generatedBy: .system)
        let first = try fixture(keys: keys)
        let cookie = try await loggedIn(first)
        let app = try CookieApp(
            settings(first), refusingBefore: first.clock.now, keys: keys, environment: environment(first))
        let request = FlowFixture.request("/", cookie: cookie)
        guard case .session = await app.flow.admit(request, requiring: .none) else {
            Issue.record("the session began at the epoch, not before")
            return
        }
        app.endEverySession(now: first.clock.now)
        guard case .visitor = await app.flow.admit(request, requiring: .none) else {
            Issue.record("the epoch was raised")
            return
        }
    }

    private func settings(_ fixture: FlowFixture) throws -> LoginSettings {
        var settings = LoginSettings(
            issuer: fixture.server.issuer, clientID: try ClientID("web-app"),
            clientSecret: ClientSecret(FlowFixture.secret),
            baseURL: try EndpointURL(FlowFixture.base, allowing: .loopback))
        settings.plaintext = .loopback
        return settings
    }

    private func environment(_ fixture: FlowFixture) -> LoginFlow.Environment {
        var environment = LoginFlow.Environment(transport: fixture.transport)
        environment.clock = fixture.clock.wall
        return environment
    }

    @Test func aClaimThatIsTooBigIsNamedAndNotShown() async throws {
        let fixture = try fixture()
        try fixture.resignIDTokens { claims in
            claims["groups"] = .array((0..<400).map { .string("canary-group-\($0)") })
        }
        let reply = try await fixture.answer(fixture.returning().request())
        #expect(reply.status == 500)
        #expect(!reply.setsSession)
        #expect(fixture.events.refusals == ["session_too_large"])
        #expect(fixture.events.everything.contains("the largest part is the claim groups in the ID token, 7"))
        #expect(!(reply.text + fixture.events.everything).contains("canary-group"))
    }

    @Test func theNameOfAClaimThatIsTooBigIsBoundedAndPrintable() async throws {
        let fixture = try fixture()
        let name =
            "groups\n\u{1B}[31m" + String(repeating: "\u{301}", count: 1_000) + String(repeating: "x", count: 1_000)
        try fixture.resignIDTokens { $0[name] = .string(String(repeating: "y", count: 6_000)) }
        _ = try await fixture.answer(fixture.returning().request())
        let refusal = try #require(fixture.events.events.first { $0.name == "login.refused" })
        let diagnosis = try #require(refusal.details.first { $0.name == "diagnosis" }?.value)
        #expect(diagnosis.contains("the claim groups[31mx"))
        #expect(diagnosis.utf8.count < 300)
        #expect(diagnosis.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
    }

    @Test func anAdditionThatIsTooBigIsNamed() async throws {
        let fixture = try fixture(hooks: Adding(octets: 5000))
        let reply = try await fixture.answer(fixture.returning().request())
        #expect(reply.status == 500)
        #expect(fixture.events.everything.contains("the largest part is basket among the additions of the hook, 5002"))
    }

    @Test func aLargeSessionTakesSeveralCookiesThatAreReadTogether() async throws {
        let fixture = try fixture(maximumCookies: 3, hooks: Adding(octets: 4000))
        let reply = try await fixture.answer(fixture.returning().request())
        let written = reply.fields.values(named: "Set-Cookie").filter { $0.hasPrefix("session-3000") }
        #expect(written.count == 3)
        #expect(written.allSatisfy { $0.utf8.count <= 4096 }, "with name and attributes")
        let parts = reply.cookies.filter { $0.hasPrefix("session-3000") }
        #expect(await who(fixture, parts.joined(separator: "; ")) == "user subject-a")
        #expect(await who(fixture, parts.reversed().joined(separator: "; ")) == "user subject-a")
        #expect(
            try await fixture.session(parts.joined(separator: "; ")).additions["basket"]?.stringValue?.count == 4000)
        for index in parts.indices {
            var missing = parts
            missing.remove(at: index)
            #expect(await who(fixture, missing.joined(separator: "; ")) == "nobody")
            #expect(await who(fixture, (parts + [parts[index]]).joined(separator: "; ")) == "nobody")
        }
        let swapped = ["session-3000.1=" + value(parts[2]), "session-3000.2=" + value(parts[1])]
        #expect(await who(fixture, ([parts[0]] + swapped).joined(separator: "; ")) == "nobody")
    }

    @Test func partsOfTwoSessionsAreNobody() async throws {
        let fixture = try fixture(maximumCookies: 2, hooks: Adding(octets: 1500))
        let (one, other) = (try await loggedIn(fixture), try await loggedIn(fixture))
        let parts = [one, other].map { $0.split(separator: "; ") }
        #expect(parts.map(\.count) == [2, 2])
        for (first, second) in [(0, 1), (1, 0)] {
            #expect(await who(fixture, "\(parts[first][0]); \(parts[second][1])") == "nobody")
            #expect(await who(fixture, "\(parts[first][0]); \(parts[first][1])") == "user subject-a")
        }
    }

    @Test(arguments: [1, 2, 5]) func theLastOctetThatFitsIsKeptAndTheNextIsRefused(count: Int) async throws {
        func written(_ octets: Int) async throws -> [String] {
            let fixture = try fixture(maximumCookies: count, hooks: Adding(octets: octets))
            let reply = try await fixture.answer(fixture.returning().request())
            let cookies = reply.cookies.filter { $0.hasPrefix("session") }
            guard !cookies.isEmpty else { return [] }
            #expect(try await fixture.session(cookies.joined(separator: "; ")).additions["basket"] != nil)
            return reply.fields.values(named: "Set-Cookie").filter { $0.hasPrefix("session") }
        }
        var (fits, fails) = (1, 20_000)
        while fails - fits > 1 {
            let middle = (fits + fails) / 2
            if try await written(middle).isEmpty { fails = middle } else { fits = middle }
        }
        let last = try await written(fits)
        #expect(last.count == count)
        #expect(last.allSatisfy { $0.utf8.count <= 4096 })
        #expect((3990...4096).contains(last[count - 1].utf8.count), "the last one is full")
        #expect(try await written(fails).isEmpty)
    }

    @Test func partsOfAnOldSessionAreTakenBack() async throws {
        let large = try fixture(maximumCookies: 3, hooks: Adding(octets: 4000))
        let reply = try await large.answer(large.returning().request())
        let parts = reply.cookies.filter { $0.hasPrefix("session-3000") }
        let small = try fixture(sharing: large)
        let login = try await small.returning()
        let fresh = await small.answer(login.request(cookie: ([login.cookie] + parts).joined(separator: "; ")))
        for name in ["session-3000.1", "session-3000.2"] {
            #expect(fresh.fields.values(named: "Set-Cookie").contains { $0.hasPrefix("\(name)=; ") })
        }
        let token = try await large.session(parts.joined(separator: "; ")).csrfToken
        let goodbye = await large.visit(
            "/logout", cookie: parts.joined(separator: "; "), method: .post, form: [("csrf_token", token)])
        #expect(goodbye.fields.values(named: "Set-Cookie").count { $0.contains("Max-Age=0") } == 3)
    }

    @Test func overHTTPSEveryPartIsBoundToTheHost() async throws {
        let fixture = try fixture(maximumCookies: 3, hooks: Adding(octets: 4000), base: "https://localhost:3000")
        let reply = try await fixture.answer(fixture.returning().request())
        let written = reply.fields.values(named: "Set-Cookie").filter { $0.hasPrefix("__Host-session") }
        #expect(written.count == 3)
        for cookie in written {
            #expect(cookie.utf8.count <= 4096)
            #expect(cookie.contains("; Path=/; Max-Age=604800; Secure; HttpOnly; SameSite=Lax"))
        }
    }

    @Test func whatNeedsAStoreIsNotThere() throws {
        #expect(try fixture().flow.storedSessions == nil)
        #expect(try fixture().flow.sessionDirectory == nil)
    }

    @Test func aRefreshTokenIsNeitherAskedForNorKept() async throws {
        let fixture = try fixture { $0.scope = nil }
        let begun = await fixture.visit("/private")
        #expect(begun.location?.contains("offline_access") == false)
        fixture.tamperTokens { $0["refresh_token"] = "canary-refresh-token" }
        let session = try await fixture.session(loggedIn(fixture))
        #expect(!session.canRefresh)
        let tokens = fixture.flow.accessTokens(of: session)
        #expect(try await !tokens.accessToken().exposedText.isEmpty)
        fixture.clock.advance(seconds: 3601)
        await #expect(throws: AccessTokenError.self) { try await tokens.accessToken() }
        #expect(fixture.count(grant: "refresh_token") == 0)
    }

    @Test func settingsThatCannotWorkAreRefused() throws {
        for count in [Int.min, 0, 6, Int.max] {
            #expect(throws: SettingsError.self) { try fixture(maximumCookies: count) }
        }
        do {
            _ = try fixture { $0.scope = try? Scope("openid offline_access") }
            Issue.record("the scope asks for what cannot be kept")
        } catch let error as SettingsError {
            #expect(error.faults.map(\.setting) == ["scope"])
        }
    }

    @Test func oneProcessSendsOneCode() async throws {
        let fixture = try fixture(maximumCookies: 2)
        let login = try await fixture.returning()
        let replies = await withTaskGroup(of: BrowserReply.self) { group in
            for _ in 0..<20 { group.addTask { await fixture.answer(login.request()) } }
            return await group.reduce(into: [BrowserReply]()) { $0.append($1) }
        }
        #expect(fixture.count(grant: "authorization_code") == 1)
        #expect(Set(replies.map { $0.cookies.filter { $0.hasPrefix("session") } }).count == 1)
        #expect(replies.allSatisfy { $0.setsSession })
    }

    @Test func theCookieShowsNothing() async throws {
        let fixture = try fixture()
        let caught = TokenCatcher()
        fixture.tamperTokens { caught.note($0) }
        let cookie = try await loggedIn(fixture)
        let octets = try #require(Base64URL.decode(String(value(cookie).dropFirst(2))))
        let text = String(decoding: octets, as: UTF8.self) + cookie
        for secret in caught.all("access_token") + caught.all("id_token") + ["subject-a", "alice@example.com"] {
            #expect(!text.contains(secret))
        }
        let session = try await fixture.session(cookie)
        var dumped = String(reflecting: session) + String(describing: fixture.flow)
        dump(session, to: &dumped)
        for secret in caught.all("access_token") + caught.all("id_token") + [value(cookie), "alice@example.com"] {
            #expect(!dumped.contains(secret))
        }
    }
}

private struct Adding: LoginHooks {
    let octets: Int

    func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {}

    func decide(_ login: CompletedLogin) async throws -> LoginDecision {
        // Different letters: what is sealed does not shrink, and neither would what was compressed.
        .allowAdding(["basket": .string(String((0..<octets).map { Character(Unicode.Scalar(97 + UInt8($0 % 23))) }))])
    }
}
