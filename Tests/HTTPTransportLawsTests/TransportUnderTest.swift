import OAuthTypes

// The laws are written once. Without traits they are put to CurlTransport, with the trait to AsyncHTTPClientTransport.
#if AsyncHTTPClient
    import AsyncHTTPClientTransport

    private typealias Implementation = AsyncHTTPClientTransport
    private typealias Configuration = AsyncHTTPClientConfiguration
#else
    import CurlTransport

    private typealias Implementation = CurlTransport
    private typealias Configuration = CurlConfiguration
#endif

/// The transport that the laws are put to.
struct TransportUnderTest: HTTPTransport {
    private let transport: Implementation

    init(trusting file: String?, through proxy: UInt16?, maximumConnections: Int) throws {
        var configuration = Configuration(caFile: file, maximumConnections: maximumConnections)
        if let proxy { configuration.proxy = .server(host: "127.0.0.1", port: proxy) }
        transport = try Implementation(configuration)
    }

    func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        try await transport.send(request, within: limits)
    }

    func shutdown() async { await transport.shutdown() }
}

func makeTransport(
    trusting file: String? = nil, through proxy: UInt16? = nil, maximumConnections: Int = 64
) throws -> TransportUnderTest {
    try TransportUnderTest(trusting: file, through: proxy, maximumConnections: maximumConnections)
}
