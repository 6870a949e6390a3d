#if Hummingbird

    import OAuthTypes
    import Hummingbird
    import HummingbirdLogin
    import Testing

    /// A login that is mounted where it cannot work is told when the app starts.
    @Suite struct AddLoginTests {
        private func router() -> Router<BasicLoginRequestContext> { Router(context: BasicLoginRequestContext.self) }

        /// The faults that `body` throws, one a line.
        private func faults(_ body: () throws -> Void) throws -> [String] {
            try #require(throws: SettingsError.self, performing: body).faults.map {
                "\($0.setting): \($0.problem)"
            }
        }

        @Test func aRouteBeforeTheLoginIsRefused() throws {
            let router = router()
            router.get("early") { _, _ in "no session here" }
            let error = try #require(throws: SettingsError.self) { try router.addLogin(AppFixture().flow) }
            #expect(error.description.contains("GET /early"))
            #expect(error.description.contains("Call addLogin first"))
            #expect(router.routes.count == 1, "nothing was added")
        }

        @Test func aRouteThatIsNamedMayStandBeforeTheLogin() throws {
            let router = router()
            router.get("health") { _, _ in "ok" }
            try router.addLogin(AppFixture().flow, leavingOut: ["/health"])
        }

        @Test func aRouteAtAPathOfTheFlowIsRefusedEvenWhenItIsNamed() throws {
            let router = router()
            router.get("login") { _, _ in "never reached" }
            let found = try faults { try router.addLogin(AppFixture().flow, leavingOut: ["login"]) }
            #expect(found == ["routes: the login would hide routes at its paths: GET /login"])
        }

        @Test func thePathOfLoginsBegunElsewhereIsTheFlowsOwnTooWhereThereIsOne() throws {
            let router = router()
            router.get("initiate-login") { _, _ in "never reached" }
            let found = try faults { try router.addLogin(AppFixture(initiateLogin: "/initiate-login").flow) }
            #expect(found == ["routes: the login would hide routes at its paths: GET /initiate-login"])
            try self.router().addLogin(AppFixture().flow).get("initiate-login") { _, _ in "the app's own" }
        }

        @Test func everyFaultIsToldAtOnce() throws {
            let router = router()
            router.get("login") { _, _ in "never reached" }
            router.get("early") { _, _ in "no session here" }
            #expect(try faults { try router.addLogin(AppFixture().flow) }.count == 2)
        }

        @Test func twoFlowsOfOneNameAreRefused() throws {
            let router = router()
            try router.addLogin(AppFixture(prefix: "/a").flow)
            let found = try faults { try router.addLogin(AppFixture(prefix: "/b").flow) }
            #expect(found.contains("name: both flows have no name"))
            #expect(!found.contains { $0.contains("both flows answer") })
        }

        @Test func twoFlowsOfOnePathAreRefused() throws {
            let router = router()
            try router.addLogin(AppFixture().flow)
            let found = try faults { try router.addLogin(AppFixture(name: "staff").flow) }
            #expect(found.contains("routes: both flows answer /login, /callback, /logout"))
            #expect(!found.contains { $0.contains("name:") })
        }

        @Test func aSecondLoginIsRefusedWhateverItsNameAndPaths() throws {
            let router = router()
            try router.addLogin(AppFixture().flow)
            let found = try faults { try router.addLogin(AppFixture(name: "staff", prefix: "/staff").flow) }
            #expect(
                found == ["addLogin: the router has a login already, so a route could not tell whose session it gets"])
        }

        @Test(arguments: ["/orders/:id", "/files/*", "/{name}", "", "/a?b=1", "/a#b"])
        func aPathThatCannotBeProtectedIsRefused(path: String) throws {
            let found = try faults { try router().addLogin(AppFixture().flow, requiringLoginBelow: ["/a", path]) }
            #expect(found == ["requiringLoginBelow: \"\(path)\" cannot be protected"])
        }

        @Test func thePathsOfTheFlowAreRoutesOfTheRouter() throws {
            let routes = try router().addLogin(AppFixture().flow).routes.map(\.description)
            #expect(routes.contains("GET /callback") && routes.contains("POST /logout"))
        }
    }

#endif
