#if Hummingbird

    import CurlTransport
    import Hummingbird
    import HummingbirdLogin
    import NIOCore
    import OAuthTypes

    /// A server on a free port of 127.0.0.1, and a client that follows no redirects.
    struct LiveServer {
        struct NoPortError: Error {}

        private let transport: CurlTransport
        private let base: String

        /// Runs `body` while the app of the fixture, or of `router`, listens.
        static func run(
            _ fixture: AppFixture, router: Router<BasicLoginRequestContext>? = nil,
            body: @escaping @Sendable (LiveServer) async throws -> Void
        ) async throws {
            try await run(router ?? fixture.router, body: body)
        }

        /// Runs `body` while the app of `router` listens.
        static func run<Context: RequestContext>(
            _ router: Router<Context>, body: @escaping @Sendable (LiveServer) async throws -> Void
        ) async throws where Context.Source == ApplicationRequestContextSource {
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            let app = Application(
                router: router, server: .boundedHTTP1(),
                configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) })
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await app.run() }
                guard let number = await ports.first(where: { $0 > 0 }) else { throw NoPortError() }
                let transport = try CurlTransport()
                try await body(LiveServer(transport: transport, base: "http://127.0.0.1:\(number)"))
                await transport.shutdown()
                group.cancelAll()
            }
        }

        func send(
            _ method: OAuthTypes.HTTPMethod, to target: String, accept: String = "text/html", cookie: String = "",
            forwardedFor: String = "", authorization: String = "", body: [UInt8] = []
        ) async throws -> TransportResponse {
            let pairs = [
                ("Accept", accept), ("Cookie", cookie), ("X-Forwarded-For", forwardedFor),
                ("Authorization", authorization),
            ]
            let fields = pairs.compactMap { $0.1.isEmpty ? nil : HeaderField($0.0, $0.1) }
            let url = try EndpointURL(base + target, allowing: .loopback)
            let request = TransportRequest(method, url, fields: fields, body: body, replay: .idempotent)
            return try await transport.send(request, within: TransportLimits())
        }
    }

    extension TransportResponse {
        var text: String { String(decoding: body, as: UTF8.self) }

        /// `name=value` of the cookies that are set and not expired, as a browser sends them back.
        var cookie: String {
            fields.values(named: "Set-Cookie").filter { !$0.contains("Max-Age=0") }
                .map { String($0.prefix { $0 != ";" }) }.joined(separator: "; ")
        }

        func value(_ name: String) -> String { fields.values(named: name).joined(separator: ", ") }
    }

#endif
