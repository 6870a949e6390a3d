import OAuthTypes

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension CurlConfiguration {
    /// Throws when a setting cannot be used.
    func check() throws(CurlTransportError) {
        guard HeaderField("User-Agent", userAgent) != nil else { throw .userAgent }
        guard (1...10_000).contains(maximumConnections) else { throw .maximumConnections(maximumConnections) }
        if case .server(let host, let port) = proxy, (try? EndpointURL("https://\(host):\(port)")) == nil {
            throw .proxy(host: host, port: port)
        }
        if let caFile, unsafe access(caFile, R_OK) != 0 {
            throw .authoritiesUnreadable(path: caFile)
        }
    }
}
