#if AsyncHTTPClient

    import AsyncHTTPClient
    import Concurrency
    import NIOPosix
    public import OAuthTypes

    /// Sends requests with AsyncHTTPClient on SwiftNIO: HTTP/1.1, certificates always verified, TLS 1.2 or newer. For apps
    /// that run on SwiftNIO already and do without the system's libcurl.
    ///
    ///     let transport = try AsyncHTTPClientTransport()
    ///     let response = try await transport.send(TransportRequest(.get, url, replay: .idempotent), within: TransportLimits())
    ///
    /// Create one and share it. Every exchange has a connection of its own, on SwiftNIO's shared event loops.
    ///
    /// Responses are judged as by `CurlTransport`, before AsyncHTTPClient reads them: one with ambiguous framing is refused,
    /// and one with more than 64 KiB or 256 lines of header.
    public final class AsyncHTTPClientTransport: HTTPTransport {
        private struct State {
            var isClosed = false
            var number = 0
            var running: [Int: Exchange] = [:]
        }

        private let settings: ClientSettings
        private let places: Places
        private let state = Lock(State())
        private let work = RunningWork()

        /// Creates a transport; no connection is opened yet.
        /// - Throws: `TransportError.Reason.unusableSetting` that names the setting.
        public init(
            _ configuration: AsyncHTTPClientConfiguration = AsyncHTTPClientConfiguration()
        ) throws(TransportError) {
            settings = try ClientSettings(configuration)
            places = Places(configuration.maximumConnections)
        }

        /// Sends `request`. Fields about the connection or the framing – `Host`, `Content-Length`, `Connection`,
        /// `Transfer-Encoding`, `Expect`, `Upgrade` and similar – are left out, because the transport writes its own; a
        /// `HEAD` request has no body.
        /// - Throws: `TransportError`; cancelling the task ends the exchange with reason `cancelled`, and its connection is
        ///   closed when this returns.
        public func send(
            _ request: TransportRequest, within limits: TransportLimits
        ) async throws(TransportError) -> TransportResponse {
            let exchange = Exchange(request: request, limits: limits)
            let done = Stop()
            guard let number = begin(exchange, until: done) else { throw TransportError(.unavailable, sent: .nothing) }
            defer {
                state.withLock { _ = $0.running.removeValue(forKey: number) }
                done.now()
            }
            let end = await Race(limits: limits, stop: exchange.stop).run { await self.perform(exchange) }
            await exchange.finish()
            return try exchange.outcome(of: end).get()
        }

        /// Ends every exchange in progress with reason `unavailable`, and returns when all connections are closed. One that is
        /// still being established closes when it is, or at its deadline. Later requests fail with reason `unavailable`.
        /// Calling it again changes nothing.
        public func shutdown() async {
            let running = state.withLock { state in
                state.isClosed = true
                return Array(state.running.values)
            }
            for exchange in running { exchange.stop.now() }
            await work.finished()
        }

        private func begin(_ exchange: Exchange, until done: Stop) -> Int? {
            state.withLock { state in
                guard !state.isClosed else { return nil }
                work.start { await done.said() }
                state.number += 1
                state.running[state.number] = exchange
                return state.number
            }
        }

        // A client of its own: AsyncHTTPClient would lend a pooled connection to a request that must not be repeated, and tell
        // nobody which connection a request went out on.
        private func perform(_ exchange: Exchange) async -> (any Error)? {
            guard await places.take() else { return CancellationError() }
            var configuration = settings.client(for: exchange.request, within: exchange.limits)
            configuration.http1_1ConnectionDebugInitializer = { exchange.watch($0) }
            let client = HTTPClient(
                eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton), configuration: configuration)
            let failure = await exchange.run(with: client, userAgent: settings.userAgent)
            await exchange.finish()
            // Its connection is closed; one that is still being established keeps its place until it is.
            work.start { [places] in
                try? await client.shutdown()
                places.giveBack()
            }
            return failure
        }
    }

#endif
