import CurlTransport
import HTTPTransportTesting
import OAuthTypes
import Testing

@Suite struct CurlTransportLawTests {
    private let kit = HTTPTransportKit()

    @Test(arguments: HTTPTransportLaw.allCases)
    func keeps(_ law: HTTPTransportLaw) async throws {
        try await kit.check(law) { try CurlTransport() }
    }

    @Test(arguments: TLSTransportLaw.allCases)
    func keeps(_ law: TLSTransportLaw) async throws {
        try await kit.check(law) { try CurlTransport(CurlConfiguration(caFile: $0)) }
    }

    @Test(arguments: ProxiedTransportLaw.allCases)
    func keeps(_ law: ProxiedTransportLaw) async throws {
        try await kit.check(law) { port in
            try CurlTransport(CurlConfiguration(proxy: .server(host: "127.0.0.1", port: port)))
        }
    }

    @Test(arguments: BoundedTransportLaw.allCases)
    func keeps(_ law: BoundedTransportLaw) async throws {
        try await kit.check(law) { try CurlTransport(CurlConfiguration(maximumConnections: $0)) }
    }

    @Test(arguments: ClosableTransportLaw.allCases)
    func keeps(_ law: ClosableTransportLaw) async throws {
        try await kit.check(law, closing: { (transport: CurlTransport) in await transport.shutdown() }) {
            try CurlTransport()
        }
    }
}
