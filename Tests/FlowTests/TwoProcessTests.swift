import APIClient
import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing

/// Caddy, Varnish and nginx with keep-alive send a GET again when the app hangs up: a callback can reach two processes.
@Suite struct TwoProcessTests {
    enum Kind: CaseIterable { case sqlite, file }

    private func store(_ kind: Kind, _ folder: ScratchFolder) throws -> any SessionStore {
        switch kind {
        case .sqlite: try SQLiteSessionStore(path: folder.path + "/sessions.sqlite")
        case .file: try FileSessionStore(path: folder.path + "/sessions")
        }
    }

    @Test(arguments: Kind.allCases, [false, true])
    func aCallbackThatIsDeliveredTwiceMakesOneSession(_ kind: Kind, atOnce: Bool) async throws {
        let folder = try ScratchFolder()
        let keys = SealingKeys(generatedBy: .system)
        let first = try FlowFixture(store: store(kind, folder), keys: keys)
        let second = try FlowFixture(store: store(kind, folder), keys: keys, clock: first.clock, sharing: first)
        let login = try await first.returning(from: "/private?q=" + String(repeating: "x", count: 1_500))
        var replies: [BrowserReply] = []
        if atOnce {
            async let one = first.answer(login.request())
            async let other = second.answer(login.request())
            replies = await [one, other]
        } else {
            // The first process dies with its answer unread, and the proxy asks the second one.
            replies = [await first.answer(login.request()), await second.answer(login.request())]
        }
        #expect(replies.allSatisfy { $0.setsSession && $0.status == 303 })
        #expect(Set(replies.map { $0.cookies.filter { $0.hasPrefix("session") } }).count == 1)
        #expect(Set(replies.map(\.location)).count == 1)
        #expect(first.transport.count(path: "/token") == 1)
        let cookie = try #require(replies[1].cookies.first { $0.hasPrefix("session") })
        #expect(await first.visit("/", cookie: cookie).text == "user subject-a")
    }

    /// The process that has the claim dies before it has an answer: its duplicate sends nothing.
    @Test(arguments: Kind.allCases) func aCodeWhoseSenderDiedIsNotSentAgain(_ kind: Kind) async throws {
        let folder = try ScratchFolder()
        let keys = SealingKeys(generatedBy: .system)
        let second = try FlowFixture(store: store(kind, folder), keys: keys, sleeper: Sleeper { _ in })
        let first = try FlowFixture(store: store(kind, folder), keys: keys, clock: second.clock, sharing: second)
        let login = try await first.returning()
        let reply = TaskBox()
        let blocked = ManualSleeper()
        first.transport.before { request in
            if request.url.path == "/token" { await blocked.sleeper.sleep(.seconds(1)) }
        }
        reply.start { _ = await first.answer(login.request()) }
        await blocked.reached(1)
        let late = await second.answer(login.request())
        #expect(late.status == 400)
        #expect(second.events.refusals == ["callback_used"])
        #expect(first.transport.count(path: "/token") == 1)
        blocked.wake()
        await reply.finished()
    }
}
