import APIClient
import AuthURL
import Concurrency
import DevAuthServer
import JOSE
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

/// Housekeeping and shutdown.
@Suite struct RunTests {
    @Test func removesWhatHasExpiredInBatches() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store)
        let now = fixture.clock.now
        for index in 0..<1200 {
            let end = now.adding(seconds: 10)
            let record = SessionRecord(
                revision: Revision(random: .system), idleEnd: end, absoluteEnd: end, summary: .empty, secrets: .empty)
            _ = try await store.inner.write(
                record, for: SessionKey(kind: .codeLease, digestOf: Array("\(index)".utf8)), if: .absent, at: now)
        }
        fixture.clock.advance(seconds: 11)
        let run = Task { await fixture.flow.run(every: .seconds(3600)) }
        while store.count(.purge) < 3 { await Task.yield() }
        run.cancel()
        await run.value
        #expect(try await store.inner.purge(expiredBefore: fixture.clock.now, limit: 10) == 0)
    }

    @Test func goesOnWhileTheStoreFails() async throws {
        let store = FaultyStore()
        store.fail([.purge])
        let fixture = try FlowFixture(store: store, sleeper: Sleeper { _ in await Task.yield() })
        let run = Task { await fixture.flow.run() }
        while store.count(.purge) < 5 { await Task.yield() }
        run.cancel()
        await run.value
        #expect(fixture.events.events.allSatisfy { $0.name == "store.purge_failed" })
        #expect(fixture.events.events.count >= 5)
    }

    @Test func returnsOnlyWhenLoginsUnderWayAreDone() async throws {
        let gate = Gate()
        let fixture = try FlowFixture(hooks: SlowDoor(gate: gate))
        let login = try await fixture.returning()
        let callback = Task { await fixture.answer(login.request()) }
        await gate.reached()
        let (run, returned) = stopped(fixture)
        for _ in 0..<50 { await Task.yield() }
        #expect(!returned.isOpen)
        gate.open()
        await run.value
        #expect(fixture.events.events.contains { $0.name == "session.started" })
        #expect(await callback.value.setsSession)
    }

    @Test func returnsOnlyWhenRefreshesUnderWayAreDone() async throws {
        let gate = Gate()
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let session = try await fixture.session(cookie)
        fixture.clock.advance(seconds: 3601)
        fixture.transport.before { request in if request.url.path == "/token" { await gate.pass() } }
        let call = Task { try await fixture.flow.accessTokens(of: session).accessToken() }
        await gate.reached()
        let (run, returned) = stopped(fixture)
        for _ in 0..<50 { await Task.yield() }
        #expect(!returned.isOpen)
        gate.open()
        await run.value
        #expect(try await !call.value.exposedText.isEmpty)
    }

    private func stopped(_ fixture: FlowFixture) -> (Task<Void, Never>, Gate) {
        let returned = Gate()
        let run = Task {
            await fixture.flow.run()
            returned.open()
        }
        run.cancel()
        return (run, returned)
    }
}

private struct SlowDoor: LoginHooks {
    let gate: Gate

    func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {}

    func decide(_ login: CompletedLogin) async throws -> LoginDecision {
        await gate.pass()
        return .allow
    }
}

/// Holds one task until it is opened.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var isReached = false
    }

    private let state = Lock(State())

    var isOpen: Bool { state.withLock { $0.isOpen } }

    func pass() async {
        state.withLock { $0.isReached = true }
        while !isOpen { await Task.yield() }
    }

    func reached() async {
        while !state.withLock({ $0.isReached }) { await Task.yield() }
    }

    func open() { state.withLock { $0.isOpen = true } }
}
