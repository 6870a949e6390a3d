#if Hummingbird

    import DevAuthServer
    import Hummingbird
    import HummingbirdLogin
    import HummingbirdTesting
    import LoginFlow
    import LoginHTTPTypes
    import LoginTesting
    import OAuthTypes
    import Testing
    import WireFormats

    struct AccountRouterTests {
        let alice: DevAccount
        let server: DevAuthServer
        let flow: LoginFlow

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
            flow = try LoginFlow(
                settings, store: MemorySessionStore(), keys: SealingKeys(generatedBy: .system),
                environment: LoginFlow.Environment(transport: server.transport))
        }

        @Test func greetsTheUser() async throws {
            let user = try await TestLogin(flow).loggedIn(subject: "subject-a", claims: ["name": "Alice"])
            try await Application(router: accountRouter(flow)).test(.router) { client in
                try await client.execute(uri: "/account", method: .get, headers: [.cookie: user.cookie]) { response in
                    #expect(String(buffer: response.body) == "The account of Alice")
                }
            }
        }

        @Test func logsAVisitorIn() async throws {
            try await Application(router: accountRouter(flow)).test(.router) { client in
                var browser = try TestBrowser(for: flow, server: server) { request in try await client.answer(request) }
                try await browser.open("/account")
                try await browser.logIn(as: alice)
                #expect(browser.page?.text == "The account of Alice")
            }
        }
    }

    extension TestClientProtocol {
        /// Sends a browser's request through Hummingbird's test client.
        func answer(_ request: BrowserRequest) async throws -> BrowserReply {
            try await execute(
                uri: request.target, method: .init(request.method.text) ?? .get, headers: HTTPFields(request.fields),
                body: ByteBuffer(bytes: request.body)
            ) { response in
                BrowserReply(
                    status: response.status.code,
                    fields: response.headers.compactMap { HeaderField($0.name.canonicalName, $0.value) },
                    body: Array(response.body.readableBytesView))
            }
        }
    }

#endif
