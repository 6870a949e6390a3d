import CurlTransport
import OAuthTypes

#if AsyncHTTPClient
    import AsyncHTTPClientTransport
#endif

/// The transports of this package, which the laws are put to.
enum TransportKind: CaseIterable, Sendable {
    case curl
    #if AsyncHTTPClient
        case asyncHTTPClient
    #endif

    func make(
        trusting file: String? = nil, through proxy: UInt16? = nil, maximumConnections: Int = 64
    ) throws -> any ClosableTransport {
        switch self {
        case .curl:
            var configuration = CurlConfiguration(caFile: file, maximumConnections: maximumConnections)
            if let proxy { configuration.proxy = .server(host: "127.0.0.1", port: proxy) }
            return try CurlTransport(configuration)
        #if AsyncHTTPClient
            case .asyncHTTPClient:
                var configuration = AsyncHTTPClientConfiguration(caFile: file, maximumConnections: maximumConnections)
                if let proxy { configuration.proxy = .server(host: "127.0.0.1", port: proxy) }
                return try AsyncHTTPClientTransport(configuration)
        #endif
        }
    }
}

/// What both have beyond ``HTTPTransport``.
protocol ClosableTransport: HTTPTransport {
    func shutdown() async
}

extension CurlTransport: ClosableTransport {}
#if AsyncHTTPClient
    extension AsyncHTTPClientTransport: ClosableTransport {}
#endif
