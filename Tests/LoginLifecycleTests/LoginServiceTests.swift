#if Lifecycle

    import Logging
    import LoginFlow
    import LoginLifecycle
    import OAuthTypes
    import ServiceLifecycle
    import SessionStore
    import Synchronization
    import TestSupport
    import Testing

    /// A service that ran the flow and nothing else never ended on SIGTERM.
    @Suite(.timeLimit(.minutes(5))) struct LoginServiceTests {
        private let order = Order()
        private let flow: LoginFlow

        init() throws {
            let settings = LoginSettings(
                issuer: try Issuer("https://login.example"), clientID: try ClientID("app"),
                clientSecret: ClientSecret("a secret of the tests"), baseURL: try EndpointURL("https://app.example"))
            flow = try LoginFlow(
                settings, store: MemorySessionStore(), keys: SealingKeys(generatedBy: .system),
                environment: LoginFlow.Environment(transport: UnreachableTransport()))
        }

        @Test func aGracefulShutdownStopsTheServerFirstAndClosesTheTransportLast() async throws {
            let (starts, started) = AsyncStream.makeStream(of: Void.self)
            let login = LoginService(flow) { [order] in order.add("transport closed") }
            let server = Server(order: order, started: started)
            let group = ServiceGroup(
                configuration: .init(
                    services: [.init(service: login), .init(service: server)], logger: .init(label: "tests"))
            )
            async let ended: Void = group.run()
            _ = await starts.first { _ in true }
            #expect(order.all.isEmpty)
            await group.triggerGracefulShutdown()
            try await ended
            #expect(order.all == ["server stopped", "transport closed"])
        }

        @Test func cancellationEndsItToo() async throws {
            let login = LoginService(flow) { [order] in order.add("transport closed") }
            let task = Task { await login.run() }
            task.cancel()
            await task.value
            #expect(order.all == ["transport closed"])
        }

        private final class Order: Sendable {
            private let words = Mutex<[String]>([])
            func add(_ word: String) { words.withLock { $0.append(word) } }
            var all: [String] { words.withLock { $0 } }
        }

        private struct Server: Service {
            let order: Order
            let started: AsyncStream<Void>.Continuation

            func run() async throws {
                started.yield()
                try await gracefulShutdown()
                order.add("server stopped")
            }
        }
    }

#endif
