#if Observability

    import APIClient
    import Concurrency
    import DevAuthServer
    import LoginFlow
    import LoginObservability
    import LoginTesting
    import OAuthTypes
    import SessionStore
    import Tracing
    import WireFormats

    /// A shop whose login is logged, measured and traced, with a provider and an API in one process.
    struct Fixture {
        static let secret = "canary-secret-of-the-client"
        static let alice = Result {
            DevAccount(
                username: "alice", password: DevPassword("alice's password"), subject: try SubjectID("subject-a"),
                name: "Alice", email: "alice@example.com")
        }
        private static let base = "http://localhost:3000"

        let log = MemoryLog()
        let metrics = MemoryMetrics()
        let tracer = MemoryTracer()
        let clock = TestClock()
        let server: DevAuthServer
        let transport: TestTransport
        let flow: LoginFlow
        let api: Origin
        let heard = Responses()

        init(hiding hidden: Set<String> = [], store: any SessionStore = MemorySessionStore()) throws {
            let (clock, heard) = (clock, heard)
            server = try Fixture.server(clock)
            transport = TestTransport(server: server)
            let provider = server.transport
            transport.answer(for: server.issuer.origin) { request async throws(TransportError) in
                // Takes a quarter of a second.
                clock.advance(by: .milliseconds(250))
                let response = try await provider.send(request, within: TransportLimits())
                heard.note(response)
                return response
            }
            api = try EndpointURL("https://api.example").origin
            transport.answer(for: api) { _ async throws(TransportError) in TransportResponse(status: 200) }
            var settings = LoginSettings(
                issuer: server.issuer, clientID: try ClientID("shop"), clientSecret: ClientSecret(Fixture.secret),
                baseURL: try EndpointURL(Fixture.base, allowing: .loopback))
            settings.scope = try Scope("openid profile email offline_access")
            settings.audience = "https://api.example"
            settings.plaintext = .loopback
            var environment = LoginFlow.Environment(transport: TracedTransport(transport, tracer: tracer))
            environment.use(clock)
            environment.observers = [
                LoginTracer(tracer), LoginLogger(log.logger, hiding: hidden),
                LoginMetrics(factory: metrics, stopwatch: clock.stopwatch),
            ]
            flow = try LoginFlow(
                settings, store: store.measured(by: metrics, stopwatch: clock.stopwatch),
                keys: SealingKeys(generatedBy: .system), environment: environment)
        }

        private static func server(_ clock: TestClock) throws -> DevAuthServer {
            try DevAuthServer(
                issuer: Issuer("http://localhost:3001", allowing: .loopback),
                clients: [
                    DevClient(
                        id: ClientID("shop"), name: "Shop", secret: ClientSecret(secret),
                        redirectURIs: [EndpointURL(base + "/callback", allowing: .loopback)],
                        postLogoutRedirectURIs: [EndpointURL(base + "/", allowing: .loopback)])
                ],
                accounts: [alice.get()], apiAudience: "https://api.example", environment: nil, clock: clock.wallClock)
        }

        func browser() throws -> TestBrowser {
            try TestBrowser(for: flow, server: server) { request in await answer(request) }
        }

        /// A browser that does not follow the redirect to the provider.
        func browserThatStaysHere() throws -> TestBrowser {
            try TestBrowser(for: flow) { request in await answer(request) }
        }

        /// The app: each request within a span of its own, as the middleware of a web framework makes them.
        private func answer(_ request: BrowserRequest) async -> BrowserReply {
            let path = String(request.target.prefix { $0 != "?" })
            let span = tracer.startSpan("app \(path)", context: .topLevel, ofKind: .server)
            defer { span.end() }
            return await ServiceContext.withValue(span.context) { await respond(to: request) }
        }

        private func respond(to request: BrowserRequest) async -> BrowserReply {
            if let route = flow.route(request.method, target: request.target) {
                return await flow.respond(to: request, on: route)
            }
            switch await flow.admit(request, requiring: request.target == "/" ? .none : .login) {
            case .reply(let reply): return reply
            case .visitor(let fields): return BrowserReply(status: 200).adding(fields)
            case .session(let session, let fields): return await orders(of: session).adding(fields)
            }
        }

        private func orders(of session: LoginSession) async -> BrowserReply {
            do {
                let client = flow.apiClient(for: session, origins: [api])
                let response = try await client.send(
                    APIRequest(.get, EndpointURL("https://api.example/orders/private-number")))
                return BrowserReply(status: response.status)
            } catch { return BrowserReply(status: 502) }
        }

        /// A login, an API call, a refresh with another call, and a logout.
        func wholeFlow() async throws -> TestBrowser {
            var browser = try browser()
            try await browser.open("/orders?reset=canary-of-the-app")
            try await browser.logIn(as: Fixture.alice.get())
            clock.advance(by: .seconds(43_200))
            try await browser.open("/orders")
            try await browser.open("/logout")
            try await browser.submit("logout")
            await drain()
            return browser
        }

        /// From now on, token requests fail with `error`.
        func failTokenRequests(with error: TransportError) {
            let provider = server.transport
            transport.answer(for: server.issuer.origin) { request async throws(TransportError) in
                guard request.url.path != "/token" else { throw error }
                return try await provider.send(request, within: TransportLimits())
            }
        }

        /// Waits for what goes on after replies.
        func drain() async {
            let task = Task { await flow.run(every: .zero) }
            task.cancel()
            await task.value
        }
    }

    /// What the provider answered.
    final class Responses: Sendable {
        private let state = Lock<[JSONObject]>([])

        var objects: [JSONObject] { state.withLock { $0 } }

        func note(_ response: TransportResponse) {
            guard let object = try? JSONReader.object(response.body) else { return }
            state.withLock { $0.append(object) }
        }
    }

#endif
