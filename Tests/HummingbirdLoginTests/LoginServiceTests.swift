#if Hummingbird

    import Hummingbird
    import HummingbirdLogin
    import NIOCore
    import ServiceLifecycle
    import Synchronization
    import Testing

    /// An app whose service ran the flow and nothing else never ended on SIGTERM.
    @Suite(.timeLimit(.minutes(5))) struct LoginServiceTests {
        private final class Order: Sendable {
            private let words = Mutex<[String]>([])
            func add(_ word: String) { words.withLock { $0.append(word) } }
            var all: [String] { words.withLock { $0 } }
        }

        @Test func anAppEndsOnGracefulShutdownAndItsTransportIsClosedAfterTheServer() async throws {
            let (order, fixture) = (Order(), try AppFixture())
            let (ports, port) = AsyncStream.makeStream(of: Void.self)
            let service = LoginService(fixture.flow) { order.add("transport closed") }
            let app = Application(
                router: fixture.router, server: .boundedHTTP1(),
                configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
                services: [service], onServerRunning: { _ in port.yield() })
            let watched = Watched(service: app) { order.add("app ended") }
            let group = ServiceGroup(
                configuration: .init(
                    services: [.init(service: watched, successTerminationBehavior: .gracefullyShutdownGroup)],
                    logger: app.logger))
            async let ended: Void = group.run()
            _ = await ports.first { _ in true }
            #expect(order.all.isEmpty)
            await group.triggerGracefulShutdown()
            try await ended
            #expect(order.all == ["transport closed", "app ended"])
        }

        private struct Watched<Inner: Service>: Service {
            let service: Inner
            let after: @Sendable () -> Void

            func run() async throws {
                try await service.run()
                after()
            }
        }
    }

#endif
