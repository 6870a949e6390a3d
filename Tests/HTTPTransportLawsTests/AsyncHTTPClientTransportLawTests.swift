#if AsyncHTTPClient

    import AsyncHTTPClientTransport
    import HTTPTransportTesting
    import OAuthTypes
    import Testing

    @Suite struct AsyncHTTPClientTransportLawTests {
        private let kit = HTTPTransportKit()

        @Test(arguments: HTTPTransportLaw.allCases)
        func keeps(_ law: HTTPTransportLaw) async throws {
            try await kit.check(law) { try AsyncHTTPClientTransport() }
        }

        @Test(arguments: TLSTransportLaw.allCases)
        func keeps(_ law: TLSTransportLaw) async throws {
            try await kit.check(law) { try AsyncHTTPClientTransport(AsyncHTTPClientConfiguration(caFile: $0)) }
        }

        @Test(arguments: ProxiedTransportLaw.allCases)
        func keeps(_ law: ProxiedTransportLaw) async throws {
            try await kit.check(law) { port in
                try AsyncHTTPClientTransport(
                    AsyncHTTPClientConfiguration(proxy: .server(host: "127.0.0.1", port: port)))
            }
        }

        @Test(arguments: BoundedTransportLaw.allCases)
        func keeps(_ law: BoundedTransportLaw) async throws {
            try await kit.check(law) {
                try AsyncHTTPClientTransport(AsyncHTTPClientConfiguration(maximumConnections: $0))
            }
        }

        @Test(arguments: ClosableTransportLaw.allCases)
        func keeps(_ law: ClosableTransportLaw) async throws {
            let close = { @Sendable (transport: AsyncHTTPClientTransport) in await transport.shutdown() }
            try await kit.check(law, closing: close) { try AsyncHTTPClientTransport() }
        }
    }

#endif
