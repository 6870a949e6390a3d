import OAuthTypes
import Testing

/// Over sockets: what a browser sees of the flow behind Hummingbird.
@Suite struct LoginMiddlewareTests {
    @Test func aLoginLeadsBackToThePageThatWantedIt() async throws {
        let fixture = try AppFixture()
        try await LiveServer.run(fixture) { server in
            let begun = try await server.send(.get, "/private?a=1")
            #expect(begun.status == 303)
            let callback = try await fixture.authorize(begun.value("Location"))
            let done = try await server.send(.get, callback, cookie: begun.cookie)
            #expect(done.status == 303)
            #expect(done.value("Location") == "/private?a=1")
            let shown = try await server.send(.get, "/private", cookie: done.cookie)
            #expect(shown.text == "subject-a")
        }
    }

    @Test func whatTheFlowSaysOfCachesWinsOverTheApp() async throws {
        let fixture = try AppFixture()
        try await LiveServer.run(fixture) { server in
            let begun = try await server.send(.get, "/private")
            let callback = try await fixture.authorize(begun.value("Location"))
            let done = try await server.send(.get, callback, cookie: begun.cookie)
            let shown = try await server.send(.get, "/private", cookie: done.cookie)
            #expect(shown.value("Cache-Control") == "no-store")
            #expect(shown.cookie == "theme=dark")
        }
    }

    @Test func aVisitorSeesPublicPages() async throws {
        try await LiveServer.run(AppFixture()) { server in
            let home = try await server.send(.get, "/")
            #expect(home.text == "nobody")
        }
    }

    @Test func aScriptIsToldToLogInInsteadOfBeingRedirected() async throws {
        try await LiveServer.run(AppFixture()) { server in
            let reply = try await server.send(.get, "/private", accept: "application/json")
            #expect(reply.status == 401)
            #expect(reply.value("Content-Type") == "application/problem+json")
        }
    }

    @Test func aForgedCallbackGetsAPageAndNoSession() async throws {
        try await LiveServer.run(AppFixture()) { server in
            let state = String(repeating: "A", count: 43)
            let reply = try await server.send(.get, "/callback?code=x&state=\(state)")
            #expect(reply.status == 400)
            #expect(reply.cookie.isEmpty)
        }
    }

    @Test func aBodyOverTheRoutesLimitIsRefused() async throws {
        try await LiveServer.run(AppFixture()) { server in
            let reply = try await server.send(.post, "/logout", body: Array(repeating: 0x78, count: 100_000))
            #expect(reply.status == 413)
        }
    }

    @Test(arguments: ["/private/", "//private", "/private//", "/private?x=1", "/private/?", "/./private", "/%70rivate"])
    func noSpellingOfAPathGetsAroundTheLogin(_ target: String) async throws {
        try await LiveServer.run(AppFixture()) { server in
            let reply = try await server.send(.get, target)
            #expect([303, 404].contains(reply.status))
            #expect(!reply.text.contains("nobody"))
        }
    }
}
