import Concurrency
import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Code leases: they keep a code from being sent twice, and no client can use them up for others.
@Suite struct CodeLeaseTests {
    /// A callback with a code that was never issued, in a login that was really begun: anyone can send it.
    private func hostile(_ fixture: FlowFixture, number: Int, client: ClientAddress?) async -> BrowserReply {
        let begun = await fixture.visit("/private")
        let fields = (try? FormEncoding.decode(begun.location?.split(separator: "?").last ?? "")) ?? []
        let state = fields.first { $0.name == "state" }?.value ?? ""
        let query = FormEncoding.encode([
            FormField(name: "code", value: "forged-\(number)"), FormField(name: "state", value: state),
            FormField(name: "iss", value: "http://localhost:3001"),
        ])
        var request = FlowFixture.request("/callback?" + query, cookie: begun.cookies.joined(separator: "; "))
        request.client = client
        return await fixture.answer(request)
    }

    /// The codes that the token endpoint was sent, in order.
    private func codes(_ fixture: FlowFixture) -> [String] {
        fixture.transport.requests.filter { $0.url.path == "/token" }.compactMap {
            try? FormEncoding.decode($0.body).onlyValue(named: "code")
        }
    }

    /// One part in 200 of everything: five hostile callbacks a second for 15 minutes, and room for 400 leases. FLOOD=200
    /// runs it whole.
    @Test(arguments: [true, false]) func aFloodOfForgedCallbacksKeepsNoUserOut(clientsAreKnown: Bool) async throws {
        let share = unsafe getenv("FLOOD").flatMap { unsafe Int(String(cString: $0)) } ?? 1
        var limits = CodeLeaseLimits()
        limits.count = 400 * share
        limits.perClient = 3 * share
        limits.remembered = 5_000 * share
        let store = CountingStore()
        let fixture = try FlowFixture(store: store, leases: limits)
        let attacker = clientsAreKnown ? ClientAddress("203.0.113.7") : nil
        var most = 0
        for second in 0..<900 {
            for number in 0..<(5 * share) {
                _ = await hostile(fixture, number: second * 5 * share + number, client: attacker)
            }
            if second % 20 == 0 {
                let login = try await fixture.returning()
                var request = login.request()
                request.client = clientsAreKnown ? ClientAddress("198.51.100.\(second / 20)") : nil
                #expect(await fixture.answer(request).setsSession, "second \(second)")
                let replayed = await fixture.answer(request)
                #expect(replayed.setsSession)
            }
            most = max(most, store.leases)
            fixture.clock.advance(seconds: 1)
        }
        let sent = codes(fixture)
        #expect(Set(sent).count == sent.count, "no code is sent twice")
        #expect(most <= limits.count)
        if clientsAreKnown { #expect(fixture.events.refusals.contains("too_many_logins")) }
    }

    @Test func aLeaseThatHadToGoIsStillUsedUp() async throws {
        var limits = CodeLeaseLimits()
        limits.count = 5
        let fixture = try FlowFixture(leases: limits)
        let login = try await fixture.returning()
        #expect(await fixture.answer(login.request()).setsSession)
        fixture.clock.advance(seconds: 60)
        for number in 0..<10 {
            _ = await hostile(fixture, number: number, client: nil)
            fixture.clock.advance(seconds: 20)
        }
        let late = await fixture.answer(login.request())
        #expect(late.status == 400)
        #expect(fixture.events.refusals.last == "callback_used")
        #expect(Set(codes(fixture)).count == codes(fixture).count)
    }

    /// Room for a repeated callback is made by the oldest lease, which may be that of the callback itself.
    @Test func aRepeatedCallbackMakesNoRoomForItselfByItsOwnLease() async throws {
        var limits = CodeLeaseLimits()
        limits.count = 5
        let fixture = try FlowFixture(leases: limits)
        let login = try await fixture.returning()
        #expect(await fixture.answer(login.request()).setsSession)
        for number in 0..<4 { _ = await hostile(fixture, number: number, client: nil) }
        fixture.clock.advance(seconds: 60)
        let late = await fixture.answer(login.request())
        #expect(late.status == 400)
        #expect(fixture.events.refusals.last == "callback_used")
        #expect(Set(codes(fixture)).count == codes(fixture).count)
        #expect(await fixture.answer(login.request()).status == 400)
        let other = try await fixture.returning(as: "bob")
        #expect(await fixture.answer(other.request()).setsSession, "its room was given back")
    }

    /// Two callbacks that read the clock one after the other may come to the leases the other way round.
    @Test func aLeaseThatHadToGoIsStillUsedUpWhenTheClockStepsBack() async throws {
        var limits = CodeLeaseLimits()
        limits.count = 5
        let fixture = try FlowFixture(leases: limits)
        _ = await hostile(fixture, number: 100, client: nil)
        fixture.clock.advance(seconds: 600)
        let login = try await fixture.returning()
        #expect(await fixture.answer(login.request()).setsSession)
        fixture.clock.advance(seconds: 60)
        for number in 0..<5 { _ = await hostile(fixture, number: number, client: nil) }
        fixture.clock.advance(seconds: 60)
        _ = await hostile(fixture, number: 5, client: nil)
        fixture.clock.advance(seconds: -1)
        _ = await hostile(fixture, number: 6, client: nil)
        fixture.clock.advance(seconds: 1)
        #expect(await fixture.answer(login.request()).status == 400)
        #expect(fixture.events.refusals.last == "callback_used")
        #expect(Set(codes(fixture)).count == codes(fixture).count)
    }

    @Test func whenEveryLeaseIsInUseThePageSaysSoAndTheLoginGoesOnLater() async throws {
        var limits = CodeLeaseLimits()
        limits.count = 5
        let fixture = try FlowFixture(leases: limits)
        for number in 0..<5 { _ = await hostile(fixture, number: number, client: nil) }
        fixture.clock.advance(seconds: 30)
        let login = try await fixture.returning()
        let refused = await fixture.answer(login.request())
        #expect(refused.status == 503)
        #expect(refused.text.contains("too many logins"))
        #expect(refused.fields.values(named: "Set-Cookie").isEmpty, "the login's cookie stays")
        #expect(fixture.events.refusals.last == "too_many_logins")
        fixture.clock.advance(seconds: 30)
        #expect(await fixture.answer(login.request()).setsSession)
    }

    @Test func oneClientCannotTakeTheShareOfOthers() async throws {
        var limits = CodeLeaseLimits()
        limits.count = 20
        limits.perClient = 2
        let fixture = try FlowFixture(leases: limits)
        let attacker = ClientAddress("2001:db8::1")
        for number in 0..<50 { _ = await hostile(fixture, number: number, client: attacker) }
        #expect(codes(fixture).count == 10, "half of the leases")
        let login = try await fixture.returning()
        var request = login.request()
        request.client = ClientAddress("2001:db8:0:1::1")
        #expect(await fixture.answer(request).setsSession)
    }

    /// The memory store's own bound, which is divided among its parts, keeps no user out either.
    @Test func aStoreThatIsFullFirstGivesRoomToo() async throws {
        let store = MemorySessionStore(limits: [.codeLease: .init(count: 8, octets: 1 << 20, overflow: .refuse)])
        let fixture = try FlowFixture(store: store)
        for number in 0..<8 { _ = await hostile(fixture, number: number, client: nil) }
        fixture.clock.advance(seconds: 30)
        let login = try await fixture.returning()
        #expect(await fixture.answer(login.request()).status == 503)
        fixture.clock.advance(seconds: 30)
        #expect(await fixture.answer(login.request()).setsSession)
    }

    @Test func failuresThatNeverReachedTheProviderLeaveNoLeaseAndAReloadWorks() async throws {
        let store = CountingStore()
        let fixture = try FlowFixture(store: store)
        let login = try await fixture.returning()
        fixture.transport.fail("/token", TransportError(.connectionFailed, sent: .nothing))
        let refused = await fixture.answer(login.request())
        #expect(refused.status == 503)
        #expect(refused.fields.values(named: "Set-Cookie").isEmpty)
        #expect(store.leases == 0)
        fixture.transport.fail("/token", nil)
        #expect(await fixture.answer(login.request()).setsSession)
    }

    @Test func aFailureThatMayHaveReachedTheProviderUsesTheLoginUp() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        fixture.transport.fail("/token", TransportError(.connectionLost, sent: .maybe))
        #expect(await fixture.answer(login.request()).status == 503)
        fixture.transport.fail("/token", nil)
        #expect(await !fixture.answer(login.request()).setsSession)
        #expect(fixture.transport.count(path: "/token") == 1)
    }

    @Test func aDuplicateOfALoginThatWasGivenBackIsToldToWait() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        let duplicate = Lock<BrowserReply?>(nil)
        let gate = TaskBox()
        fixture.transport.before { request in
            guard request.url.path == "/token" else { return }
            gate.start {
                let reply = await fixture.answer(login.request())
                duplicate.withLock { $0 = reply }
            }
            while !fixture.events.events.contains(where: { $0.name == "login.repeated" }) { await Task.yield() }
        }
        fixture.transport.fail("/token", TransportError(.connectionFailed, sent: .nothing))
        #expect(await fixture.answer(login.request()).status == 503)
        await gate.finished()
        #expect(duplicate.withLock { $0?.status } == 503)
        #expect(duplicate.withLock { $0?.fields.values(named: "Set-Cookie") } == [])
    }
}

/// A memory store that counts the code leases it holds.
private final class CountingStore: SessionStore {
    private let inner = MemorySessionStore()
    private let keys = Lock<Set<SessionKey>>([])

    var leases: Int { keys.withLock { $0.count } }

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? { await inner.read(key, at: now) }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool {
        let isWritten = try await inner.write(record, for: key, if: condition, at: now)
        if isWritten, key.kind == .codeLease { keys.withLock { _ = $0.insert(key) } }
        return isWritten
    }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        await inner.touch(key, until: idleEnd, at: now)
    }

    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        keys.withLock { _ = $0.remove(key) }
        return await inner.remove(key, at: now)
    }

    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
        await inner.purge(expiredBefore: time, limit: limit)
    }
}
