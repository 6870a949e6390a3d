import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing

/// Who is logged in: cookies, lifetimes, keys, and a store that cannot be reached.
@Suite struct SessionTests {
    @Test func overHTTPSEveryCookieIsBoundToTheHost() async throws {
        let fixture = try FlowFixture(base: "https://localhost:3000")
        let begun = await fixture.visit("/private")
        let login = try await fixture.returning()
        let done = await fixture.answer(login.request())
        let cookies = (begun.fields + done.fields).values(named: "Set-Cookie").filter { !$0.contains("Max-Age=0") }
        #expect(cookies.count == 4, "the pending login, where it led, the count of logins, the session")
        for cookie in cookies {
            #expect(cookie.hasPrefix("__Host-"))
            #expect(cookie.contains("; Path=/;"))
            #expect(cookie.contains("; Secure; HttpOnly; SameSite=Lax"))
            #expect(!cookie.contains("Domain"))
        }
        #expect(cookies[0].contains("; Max-Age=600;"))
        #expect(cookies.contains { $0.hasPrefix("__Host-session=") && $0.contains("; Max-Age=604800;") })
        #expect(done.fields.values(named: "X-Login-Flow-Development").isEmpty)
    }

    @Test func onLoopbackHTTPTheNameCarriesThePort() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        let done = await fixture.answer(login.request())
        #expect(login.cookie.hasPrefix("login-3000."))
        let session = try #require(done.fields.values(named: "Set-Cookie").first { $0.hasPrefix("session-3000=") })
        #expect(!session.contains("Secure"))
        #expect(session.contains("; HttpOnly; SameSite=Lax"))
        #expect(done.fields.values(named: "X-Login-Flow-Development") == ["true"])
    }

    @Test(arguments: [(86_399, true), (86_400, false), (700_000, false)])
    func endsWhenItIsIdleForADay(seconds: Int64, lives: Bool) async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        fixture.clock.advance(seconds: seconds)
        #expect(await fixture.visit("/", cookie: cookie).text == (lives ? "user subject-a" : "nobody"))
    }

    /// Two apps with one store and the same keys have sessions of their own.
    @Test(arguments: [false, true]) func aSessionOfAnotherAppWithTheSameStoreAndKeysIsNobody(elsewhere: Bool)
        async throws
    {
        let (store, keys) = (MemorySessionStore(), SealingKeys(generatedBy: .system))
        let first = try FlowFixture(store: store, keys: keys)
        let cookie = try await first.loggedIn()
        let other = try FlowFixture(store: store, keys: keys, clock: first.clock, sharing: first) {
            if elsewhere {
                $0.issuer = (try? Issuer("https://other.example")) ?? $0.issuer
            } else {
                $0.clientID = (try? ClientID("another-app")) ?? $0.clientID
            }
        }
        #expect(await other.visit("/", cookie: cookie).text == "nobody")
        #expect(await first.visit("/", cookie: cookie).text == "user subject-a")
    }

    @Test func endsAfterSevenDaysHoweverBusyItIs() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        for hour in 1..<168 {
            fixture.clock.advance(seconds: 3600)
            #expect(await fixture.visit("/", cookie: cookie).text == "user subject-a", "after \(hour) hours")
        }
        fixture.clock.advance(seconds: 3600)
        #expect(await fixture.visit("/", cookie: cookie).text == "nobody")
    }

    @Test func isTouchedOnlyOnceATenthOfTheIdleTimeHasPassed() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store)
        let cookie = try await fixture.loggedIn()
        for (advance, touches) in [(0, 0), (8_639, 0), (1, 1), (8_639, 1), (1, 2)] as [(Int64, Int)] {
            fixture.clock.advance(seconds: advance)
            _ = await fixture.visit("/", cookie: cookie)
            #expect(store.count(.touch) == touches)
        }
    }

    @Test func isTouchedNoMoreOnceTheIdleEndHasReachedTheAbsoluteEnd() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store) { $0.absoluteLifetime = .seconds(90_000) }
        let cookie = try await fixture.loggedIn()
        fixture.clock.advance(seconds: 80_000)
        for _ in 0..<20 {
            fixture.clock.advance(seconds: 400)
            #expect(await fixture.visit("/", cookie: cookie).text == "user subject-a")
        }
        #expect(store.count(.touch) == 1)
    }

    @Test func aTouchThatFailsCostsNobodyThePage() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store)
        let cookie = try await fixture.loggedIn()
        store.fail([.touch])
        fixture.clock.advance(seconds: 10_000)
        #expect(await fixture.visit("/private", cookie: cookie).text == "user subject-a")
        #expect(fixture.events.events.contains { $0.name == "session.touch_failed" })
    }

    @Test func twoSessionCookiesAreNobody() async throws {
        let fixture = try FlowFixture()
        let alice = try await fixture.loggedIn()
        let bob = try await fixture.loggedIn(as: "bob")
        for pair in ["\(alice); \(bob)", "\(bob); \(alice)", "\(alice); \(alice)"] {
            #expect(await fixture.visit("/", cookie: pair).text == "nobody")
        }
    }

    @Test(arguments: [
        "", "A", String(repeating: "A", count: 42), String(repeating: "A", count: 44),
        String(repeating: "=", count: 43),
        String(repeating: "A", count: 42) + "B", String(repeating: "%", count: 43),
        "\"" + String(repeating: "A", count: 41) + "\"",
        String(repeating: "A", count: 100_000),
    ])
    func garbageInTheCookieNeverReachesTheStore(value: String) async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store)
        #expect(await fixture.visit("/", cookie: "session-3000=" + value).text == "nobody")
        #expect(store.total == 0)
    }

    @Test func anEncodedNameIsAnotherName() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let forged = cookie.replacing("session", with: "%73ession")
        #expect(await fixture.visit("/", cookie: forged).text == "nobody")
    }

    @Test func aCookieThatLeadsNowhereIsTakenBack() async throws {
        let fixture = try FlowFixture()
        let unknown = "session-3000=" + SessionID().exposedText
        let reply = await fixture.visit("/", cookie: unknown)
        #expect(
            reply.fields.values(named: "Set-Cookie").contains {
                $0.hasPrefix("session-3000=; ") && $0.contains("Max-Age=0")
            })
        #expect(await fixture.visit("/", cookie: "mysession-3000=x").fields.values(named: "Set-Cookie").isEmpty)
    }

    @Test func oldKeysOpenAndRemovedKeysDoNot() async throws {
        let store = MemorySessionStore()
        let old = [UInt8](repeating: 1, count: 32)
        let new = [UInt8](repeating: 2, count: 32)
        let first = try FlowFixture(store: store, keys: SealingKeys(secrets: [old]))
        let cookie = try await first.loggedIn()
        let both = try FlowFixture(store: store, keys: SealingKeys(secrets: [new, old]), sharing: first)
        #expect(await both.visit("/", cookie: cookie).text == "user subject-a")
        let rotated = try FlowFixture(store: store, keys: SealingKeys(secrets: [new]), sharing: first)
        #expect(await rotated.visit("/", cookie: cookie).text == "nobody")
    }

    @Test func aStoreThatIsAwayLogsNobodyOut() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store)
        let cookie = try await fixture.loggedIn()
        store.fail(Set(FaultyStore.Call.allCases))
        for target in ["/", "/private", "/logout", "/callback?state=x&code=y"] {
            let reply = await fixture.visit(target, cookie: cookie)
            #expect(reply.status == 503, "\(target)")
            #expect(reply.fields.values(named: "Set-Cookie").isEmpty)
            #expect(reply.fields.values(named: "Cache-Control") == ["no-store"])
        }
        let json = await fixture.visit("/private", cookie: cookie, accept: "application/json")
        #expect(json.status == 503)
        #expect(json.text.contains(#""code":"session_store_failed""#))
        store.fail([])
        #expect(await fixture.visit("/private", cookie: cookie).text == "user subject-a")
    }

    @Test func aStoreThatIsAwayUsesNoLoginUp() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store)
        let login = try await fixture.returning()
        store.fail(Set(FaultyStore.Call.allCases))
        let refused = await fixture.answer(login.request())
        #expect(refused.status == 503)
        #expect(refused.fields.values(named: "Set-Cookie").isEmpty)
        #expect(fixture.transport.count(path: "/token") == 0)
        store.fail([])
        #expect(await fixture.answer(login.request()).setsSession)
    }

    @Test func scriptsGet401AndTheLoginsAddress() async throws {
        let fixture = try FlowFixture()
        let reply = await fixture.visit("/private", accept: "application/json")
        #expect(reply.status == 401)
        #expect(reply.fields.values(named: "Content-Type") == ["application/problem+json"])
        #expect(reply.text.contains(#""login":"/login""#))
        #expect(reply.location == nil)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test func csrfTokensBelongToOneSession() async throws {
        let fixture = try FlowFixture()
        let alice = try await fixture.session(fixture.loggedIn())
        let bob = try await fixture.session(fixture.loggedIn(as: "bob"))
        #expect(alice.accepts(csrfToken: alice.csrfToken))
        #expect(!alice.accepts(csrfToken: bob.csrfToken))
        #expect(!alice.accepts(csrfToken: ""))
    }
}
