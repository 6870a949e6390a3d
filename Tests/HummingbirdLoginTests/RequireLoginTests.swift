#if Hummingbird

    import Hummingbird
    import HummingbirdLogin
    import Testing

    /// Routes that only logged-in users reach.
    @Suite struct RequireLoginTests {
        private func router(
            _ flow: LoginFlow, requiringLoginBelow paths: [String] = []
        ) throws -> Router<BasicLoginRequestContext> {
            let router = Router(context: BasicLoginRequestContext.self)
            try router.addLogin(flow, requiringLoginBelow: paths)
            for path in ["account", "account/orders", "accounting", "Account", "other"] {
                router.get(RouterPath(stringLiteral: path)) { _, context in
                    context.loginSession?.subject.text ?? "visitor"
                }
            }
            let members = router.group("members").requireLogin()
            members.get { _, context in "\(context.session.subject.text) from \(context.remoteAddress == nil)" }
            members.post("order") { _, _ in "ordered" }
            return router
        }

        @Test func theHandlerBehindItHasASessionAndTheAppsOwnContext() async throws {
            let fixture = try AppFixture()
            try await LiveServer.run(fixture, router: router(fixture.flow)) { server in
                let cookie = try await server.loggedIn(fixture, to: "/members?a=1")
                let shown = try await server.send(.get, to: "/members", cookie: cookie)
                #expect(shown.text == "subject-a from false")
            }
        }

        @Test func aVisitorIsSentToTheLoginAndAScriptIsTold() async throws {
            let fixture = try AppFixture()
            try await LiveServer.run(fixture, router: router(fixture.flow)) { server in
                let page = try await server.send(.get, to: "/members")
                #expect(page.status == 303)
                #expect(page.value("Location").hasPrefix("http://localhost:8081/"))
                #expect(page.value("Cache-Control") == "no-store")
                let script = try await server.send(.get, to: "/members", accept: "application/json")
                #expect(script.status == 401)
                let form = try await server.send(.post, to: "/members/order")
                #expect(form.status == 303)
                #expect(!form.text.contains("ordered"))
            }
        }

        @Test func aPathMayRequireMoreThanAnyLogin() async throws {
            let fixture = try AppFixture()
            let router = Router(context: BasicLoginRequestContext.self)
            try router.addLogin(
                fixture.flow, requiring: { $0 == "/pay" ? .login(maxAge: .seconds(300), acrValues: ["mfa"]) : .none })
            for path in ["pay", "shop"] { router.get(RouterPath(stringLiteral: path)) { _, _ in "open" } }
            try await LiveServer.run(fixture, router: router) { server in
                let sent = try await server.send(.get, to: "//pay/").value("Location")
                #expect(sent.contains("max_age=300") && sent.contains("acr_values=mfa"))
                #expect(try await server.send(.get, to: "/shop").text == "open")
            }
        }

        @Test func middlewareBehindItSeesTheSessionAndNoVisitor() async throws {
            let fixture = try AppFixture()
            let router = Router(context: BasicLoginRequestContext.self)
            try router.addLogin(fixture.flow)
            let seen = Seen()
            let members = router.group("members").requireLogin()
            members.add(
                middleware: Watch<LoggedInRequestContext<BasicLoginRequestContext>>(seen) { $0.session.subject.text })
            members.get { _, _ in "members only" }
            members.group("club").get { _, _ in "club" }
            try await LiveServer.run(fixture, router: router) { server in
                #expect(try await server.send(.get, to: "/members/club").status == 303)
                #expect(seen.words.isEmpty)
                let cookie = try await server.loggedIn(fixture, to: "/members")
                #expect(try await server.send(.get, to: "/members", cookie: cookie).text == "members only")
                #expect(try await server.send(.get, to: "/members/club", cookie: cookie).text == "club")
                #expect(seen.words == ["subject-a", "subject-a"])
            }
        }

        @Test(arguments: [
            ("/account", true), ("/account/", true), ("//account//orders", true), ("/Account", true),
            ("/accounting", false), ("/other", false),
        ])
        func aPathIsProtectedByWholeComponents(target: String, needsLogin: Bool) async throws {
            let fixture = try AppFixture()
            try await LiveServer.run(fixture, router: router(fixture.flow, requiringLoginBelow: ["/account/"])) {
                server in
                let reply = try await server.send(.get, to: target)
                #expect(reply.status == (needsLogin ? 303 : 200))
                #expect((reply.text == "visitor") == !needsLogin)
            }
        }

        @Test func everyPathIsProtectedBelowTheRoot() async throws {
            let fixture = try AppFixture()
            try await LiveServer.run(fixture, router: router(fixture.flow, requiringLoginBelow: ["/"])) { server in
                for target in ["/other", "/", "/none"] {
                    let reply = try await server.send(.get, to: target)
                    #expect(reply.status == 303)
                }
            }
        }

        @Test func withoutALoginTheRouteIsClosedAndSaysWhy() async throws {
            let router = Router(context: BasicLoginRequestContext.self)
            router.group("members").requireLogin().get { _, _ in "members only" }
            try await LiveServer.run(AppFixture(), router: router) { server in
                let reply = try await server.send(.get, to: "/members")
                #expect(reply.status == 500)
                #expect(reply.text.contains("call addLogin"))
            }
        }
    }

    extension LiveServer {
        /// Logs alice in on the way to `target`; returns the cookies.
        func loggedIn(_ fixture: AppFixture, to target: String) async throws -> String {
            let begun = try await send(.get, to: target)
            let callback = try await fixture.authorize(begun.value("Location"))
            let done = try await send(.get, to: callback, cookie: begun.cookie)
            #expect(done.value("Location") == target)
            return done.cookie
        }
    }

#endif
