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
    func check() throws(TransportError) {
        guard HeaderField("User-Agent", userAgent) != nil else {
            throw .unusable("the user agent must not contain control characters")
        }
        guard (1...10_000).contains(maximumConnections) else {
            throw .unusable("the number of connections must be in 1...10000, not \(maximumConnections)")
        }
        if case .server(let host, let port) = proxy, !CurlConfiguration.isAuthority(host, port) {
            // It may hold a password.
            let shown = host.contains("@") ? "•••" : host.printable(upTo: 128)
            throw .unusable("\(shown):\(port) is not the host and port of a proxy")
        }
        if proxy == .environment, addressGuard.isOn {
            throw .unusable("an address guard needs to know the proxy: name it instead of .environment, or take none")
        }
        if let caFile, unsafe access(caFile, R_OK) != 0 {
            throw .unusable("the certificate authorities cannot be read from \(caFile)")
        }
    }
}

extension CurlConfiguration {
    /// Whether a proxy, and not this transport, looks up the host of `origin`.
    func usesProxy(for origin: Origin) -> Bool {
        switch proxy {
        case .none: false
        case .environment: true
        case .server: !origin.isLoopback
        }
    }

    private static func isAuthority(_ host: String, _ port: UInt16) -> Bool {
        guard let url = try? EndpointURL("https://\(host):\(port)") else { return false }
        return url.path.isEmpty && url.query == nil && !host.contains("@")
    }
}

extension TransportError {
    /// A transport that cannot be created.
    static func unusable(_ text: String) -> TransportError { TransportError(.unusableSetting(text), sent: .nothing) }
}
