import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing

/// A login whose session is lost ends on a page, not in an endless redirect loop.
@Suite struct RedirectLoopTests {
    @Test func aStoreThatForgetsSessionsEndsOnAPageAfterThreeLogins() async throws {
        let fixture = try FlowFixture(store: ForgetfulStore())
        var browser = try fixture.browser()
        let page = try await fixture.logIn(&browser)
        #expect(page.status == 500)
        #expect(page.text.contains("Your login keeps getting lost"))
        #expect(fixture.transport.count(path: "/token") == 3)
        #expect(fixture.events.refusals == ["login_in_circles"])
    }

    @Test func aSessionThatIsSeenEndsTheCount() async throws {
        let fixture = try FlowFixture()
        var browser = try fixture.browser()
        _ = try await fixture.logIn(&browser)
        for _ in 0..<5 {
            browser.cookies["localhost"]?["session-3000"] = nil
            #expect(try await browser.open(FlowFixture.base + "/private").text == "user subject-a")
        }
        #expect(browser.cookies["localhost"]?["circles-3000"] == nil)
    }
}

/// Takes sessions and never finds them again.
private struct ForgetfulStore: SessionStore {
    private let store = MemorySessionStore()

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        key.kind == .session ? nil : await store.read(key, at: now)
    }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool {
        try await store.write(record, for: key, if: condition, at: now)
    }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        await store.touch(key, until: idleEnd, at: now)
    }

    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        await store.remove(key, at: now)
    }

    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
        await store.purge(expiredBefore: time, limit: limit)
    }
}
