#if HTTPTypes

    import DevAuthServer
    import HTTPTypes
    import LoginFlow
    import LoginHTTPTypes
    import LoginTesting
    import OAuthTypes
    import SessionStore
    import Testing

    /// The server of the guide, from a visitor to a logged-in user.
    @Suite struct ShopServerTests {
        private let alice: DevAccount
        private let server: DevAuthServer
        private let shop: ShopServer

        init() throws {
            let secret = ClientSecret("a secret of the tests")
            alice = DevAccount(
                username: "alice", password: DevPassword("alice's password"), subject: try SubjectID("subject-a"),
                name: "Alice", email: "alice@example.com")
            server = try DevAuthServer(
                issuer: Issuer("http://localhost:3001", allowing: .loopback),
                clients: [
                    DevClient(
                        id: ClientID("shop"), name: "Shop", secret: secret,
                        redirectURIs: [EndpointURL("http://localhost:3000/callback", allowing: .loopback)])
                ],
                accounts: [alice], apiAudience: "https://api.example", environment: nil)
            var settings = LoginSettings(
                issuer: server.issuer, clientID: try ClientID("shop"), clientSecret: secret,
                baseURL: try EndpointURL("http://localhost:3000", allowing: .loopback))
            settings.plaintext = .loopback
            shop = ShopServer(
                flow: try LoginFlow(
                    settings, store: MemorySessionStore(), keys: SealingKeys(generatedBy: .system),
                    environment: LoginFlow.Environment(transport: server.transport)))
        }

        private struct NoReplyError: Error {}

        /// A browser whose requests go to the shop as HTTPTypes.
        private func browser() throws -> TestBrowser {
            try TestBrowser(for: shop.flow, server: server) { [shop] request in
                let head = HTTPRequest(
                    method: HTTPRequest.Method(request.method.text) ?? .get, scheme: "http",
                    authority: "localhost:3000", path: request.target, headerFields: HTTPFields(request.fields))
                let (response, body) = try await shop.answer(head) { $0 < request.body.count ? nil : request.body }
                guard let reply = BrowserReply(response, body: body) else { throw NoReplyError() }
                return reply
            }
        }

        @Test func aVisitorLogsInAndComesBackToTheAccount() async throws {
            var browser = try browser()
            #expect(try await browser.open("/").text == "Hello, guest")
            _ = try await browser.open("/account")
            #expect(try await browser.logIn(as: alice).text == "Hello, Alice")
            #expect(browser.page?.fields.values(named: "Cache-Control") == ["no-store"])
        }

        @Test func aBodyOverTheLimitOfTheRouteIsRefused() async throws {
            let request = HTTPRequest(method: .post, scheme: "http", authority: "localhost:3000", path: "/logout")
            let (response, _) = try await shop.answer(request) { _ in nil }
            #expect(response.status.code == 413)
        }

        @Test func whatIsNoRequestOfABrowserGets400() async throws {
            let request = HTTPRequest(method: .connect, scheme: nil, authority: "localhost:3000", path: nil)
            let (response, _) = try await shop.answer(request) { _ in [] }
            #expect(response.status == .badRequest)
        }
    }

#endif
