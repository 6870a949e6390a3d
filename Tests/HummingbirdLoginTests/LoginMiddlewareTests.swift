#if Hummingbird

    import OAuthTypes
    import Testing

    /// The flow behind Hummingbird as a browser sees it, over sockets.
    @Suite struct LoginMiddlewareTests {
        @Test func aLoginLeadsBackToThePageThatWantedIt() async throws {
            let fixture = try AppFixture()
            try await LiveServer.run(fixture) { server in
                let begun = try await server.send(.get, to: "/private?a=1")
                #expect(begun.status == 303)
                let callback = try await fixture.authorize(begun.value("Location"))
                let done = try await server.send(.get, to: callback, cookie: begun.cookie)
                #expect(done.status == 303)
                #expect(done.value("Location") == "/private?a=1")
                let shown = try await server.send(.get, to: "/private", cookie: done.cookie)
                #expect(shown.text == "subject-a")
            }
        }

        @Test func theRouterOfTheREADMERequiresALogin() async throws {
            let fixture = try AppFixture()
            try await LiveServer.run(fixture, router: try accountRouter(fixture.flow)) { server in
                let home = try await server.send(.get, to: "/")
                #expect(home.text == "Hello, guest")
                let begun = try await server.send(.get, to: "/account")
                #expect(begun.status == 303)
                let callback = try await fixture.authorize(begun.value("Location"))
                let done = try await server.send(.get, to: callback, cookie: begun.cookie)
                let shown = try await server.send(.get, to: "/account", cookie: done.cookie)
                #expect(shown.text == "The account of Alice")
            }
        }

        @Test func whatTheFlowSaysOfCachesWinsOverTheApp() async throws {
            let fixture = try AppFixture()
            try await LiveServer.run(fixture) { server in
                let begun = try await server.send(.get, to: "/private")
                let callback = try await fixture.authorize(begun.value("Location"))
                let done = try await server.send(.get, to: callback, cookie: begun.cookie)
                let shown = try await server.send(.get, to: "/private", cookie: done.cookie)
                #expect(shown.value("Cache-Control") == "no-store")
                #expect(shown.cookie == "theme=dark")
            }
        }

        @Test func aVisitorSeesPublicPages() async throws {
            try await LiveServer.run(AppFixture()) { server in
                let home = try await server.send(.get, to: "/")
                #expect(home.text == "nobody")
            }
        }

        @Test func aScriptIsToldToLogInInsteadOfBeingRedirected() async throws {
            try await LiveServer.run(AppFixture()) { server in
                let reply = try await server.send(.get, to: "/private", accept: "application/json")
                #expect(reply.status == 401)
                #expect(reply.value("Content-Type") == "application/problem+json")
            }
        }

        @Test func aForgedCallbackGetsAPageAndNoSession() async throws {
            try await LiveServer.run(AppFixture()) { server in
                let state = String(repeating: "A", count: 43)
                let reply = try await server.send(.get, to: "/callback?code=x&state=\(state)")
                #expect(reply.status == 400)
                #expect(reply.cookie.isEmpty)
            }
        }

        @Test func aBodyOverTheRoutesLimitIsRefused() async throws {
            try await LiveServer.run(AppFixture()) { server in
                let reply = try await server.send(.post, to: "/logout", body: Array(repeating: 0x78, count: 100_000))
                #expect(reply.status == 413)
                #expect(reply.text.contains("This form is too long"))
            }
        }

        @Test func anAnswerByFormPostGetsAPage() async throws {
            try await LiveServer.run(AppFixture()) { server in
                let reply = try await server.send(.post, to: "/callback", body: Array("code=c&state=s".utf8))
                #expect(reply.status == 415, "no media type")
                #expect(reply.text.contains("The login service answered in a way"))
            }
        }

        @Test func clientsAreToldApartByWhatTheProxyWrote() async throws {
            let fixture = try AppFixture()
            let told = TellsClients(fixture.flow)
            try await LiveServer.run(fixture, router: told.router) { server in
                _ = try await server.send(.get, to: "/", forwardedFor: "6.6.6.6, 203.0.113.7")
                _ = try await server.send(.get, to: "/callback?code=x&state=y", forwardedFor: "6.6.6.6, 203.0.113.7")
            }
            #expect(told.seen == ["203.0.113.7"], "asked for the flow's own routes")
        }

        @Test(arguments: [
            "/private/", "//private", "/private//", "/private?x=1", "/private/?", "/./private", "/%70rivate",
        ])
        func noSpellingOfAPathGetsAroundTheLogin(_ target: String) async throws {
            try await LiveServer.run(AppFixture()) { server in
                let reply = try await server.send(.get, to: target)
                #expect([303, 404].contains(reply.status))
                #expect(!reply.text.contains("nobody"))
            }
        }
    }

#endif
