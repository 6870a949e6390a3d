import CurlTransport
import OAuthTypes

/// The transport that the laws are put to. To put them to another one, name it here.
struct TransportUnderTest: HTTPTransport {
    private let transport: CurlTransport

    init(trusting file: String?, through proxy: UInt16?, maximumConnections: Int) throws {
        var configuration = CurlConfiguration(caFile: file, maximumConnections: maximumConnections)
        if let proxy { configuration.proxy = .server(host: "127.0.0.1", port: proxy) }
        transport = try CurlTransport(configuration)
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
