#if Hummingbird

    import Hummingbird
    import HummingbirdLogin
    import OAuthTypes
    import Testing

    /// Errors of the app in the form of the flow's pages.
    @Suite struct ProblemPagesTests {
        private func router(_ fixture: AppFixture) throws -> Router<BasicLoginRequestContext> {
            let router = Router(context: BasicLoginRequestContext.self)
            router.add(middleware: ProblemPages(fixture.flow))
            try router.addLogin(fixture.flow)
            router.get("closed") { _, _ -> String in throw HTTPError(.forbidden) }
            router.get("worded") { _, _ -> String in throw HTTPError(.notFound, message: "words of the app") }
            router.get("teapot") { _, _ -> String in throw HTTPError(.init(code: 418)) }
            return router
        }

        @Test(arguments: [("/nowhere", 404, "There is no such page"), ("/closed", 403, "You may not see this page")])
        func anErrorGetsAPage(target: String, status: Int, title: String) async throws {
            let fixture = try AppFixture()
            try await LiveServer.run(fixture, router: router(fixture)) { server in
                let page = try await server.send(.get, to: target)
                #expect(page.status == status)
                #expect(page.text.contains("<h1>\(title)</h1>"))
                let program = try await server.send(.get, to: target, accept: "application/json")
                #expect(program.fields.values(named: "Content-Type") == ["application/problem+json"])
            }
        }

        @Test(arguments: [("/worded", 404), ("/teapot", 418)])
        func anAnswerOfTheAppsOwnPasses(target: String, status: Int) async throws {
            let fixture = try AppFixture()
            try await LiveServer.run(fixture, router: router(fixture)) { server in
                let reply = try await server.send(.get, to: target)
                #expect(reply.status == status)
                #expect(!reply.text.contains("<h1>"))
            }
        }
    }

#endif
