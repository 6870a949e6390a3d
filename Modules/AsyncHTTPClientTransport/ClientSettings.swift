#if AsyncHTTPClient

    import AsyncHTTPClient
    import NIOCore
    import NIOHTTPCompression
    import NIOSSL
    import OAuthTypes

    /// The checked configuration, with the authorities read.
    struct ClientSettings: Sendable {
        let userAgent: String
        let maximumConnections: Int
        private let proxy: AsyncHTTPClientConfiguration.Proxy
        private let trustRoots: NIOSSLTrustRoots

        init(_ configuration: AsyncHTTPClientConfiguration) throws(TransportError) {
            guard HeaderField("User-Agent", configuration.userAgent) != nil else {
                throw .unusable("the user agent must not contain control characters")
            }
            guard (1...10_000).contains(configuration.maximumConnections) else {
                let number = configuration.maximumConnections
                throw .unusable("the number of connections must be in 1...10000, not \(number)")
            }
            if case .server(let host, let port) = configuration.proxy, !ClientSettings.isAuthority(host, port) {
                // It may hold a password.
                let shown = host.contains("@") ? "•••" : host.printable(upTo: 128)
                throw .unusable("\(shown):\(port) is not the host and port of a proxy")
            }
            userAgent = configuration.userAgent
            maximumConnections = configuration.maximumConnections
            proxy = configuration.proxy
            trustRoots = try ClientSettings.trustRoots(in: configuration.caFile)
        }

        /// The settings of a client for one exchange. What AsyncHTTPClient would do of its own accord is switched off here.
        func client(
            for request: TransportRequest, within limits: TransportLimits
        ) -> HTTPClient.Configuration {
            var pool = HTTPClient.Configuration.ConnectionPool()
            // It would try to connect again and again until the deadline.
            pool.retryConnectionEstablishment = false
            var client = HTTPClient.Configuration(
                tlsConfiguration: tls, redirectConfiguration: .disallow,
                timeout: .init(connect: .nanoseconds(Int64(nanosecondsOf: limits.connect)), read: nil),
                connectionPool: pool, proxy: proxy(to: request.url.origin),
                decompression: request.asksForCoding
                    ? .disabled : .enabled(limit: .size(max(0, limits.maximumBodyOctets))))
            client.httpVersion = .http1Only
            client.maximumUsesPerConnection = 1
            // A tracer of the process would get the whole URL, query included, and the provider a trace id.
            client.tracing.tracer = nil
            return client
        }

        private var tls: TLSConfiguration {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.certificateVerification = .fullVerification
            tls.minimumTLSVersion = .tlsv12
            tls.trustRoots = trustRoots
            return tls
        }

        private func proxy(to origin: Origin) -> HTTPClient.Configuration.Proxy? {
            guard case .server(let host, let port) = proxy, !origin.isLoopback else { return nil }
            let isAddress = host.hasPrefix("[") && host.hasSuffix("]")
            return .server(host: isAddress ? String(host.dropFirst().dropLast()) : host, port: Int(port))
        }

        private static func isAuthority(_ host: String, _ port: UInt16) -> Bool {
            guard let url = try? EndpointURL("https://\(host):\(port)") else { return false }
            return url.path.isEmpty && url.query == nil && !host.contains("@")
        }

        private static func trustRoots(in file: String?) throws(TransportError) -> NIOSSLTrustRoots {
            guard let file else { return .default }
            guard let certificates = try? NIOSSLCertificate.fromPEMFile(file), !certificates.isEmpty else {
                throw .unusable("the certificate authorities cannot be read from \(file)")
            }
            return .certificates(certificates)
        }
    }

    extension TransportError {
        /// A transport that cannot be created.
        fileprivate static func unusable(_ text: String) -> TransportError {
            TransportError(.unusableSetting(text), sent: .nothing)
        }
    }

    extension Int64 {
        /// A time limit in nanoseconds, at least 1 ms and at most 23 days.
        init(nanosecondsOf duration: Duration) {
            let (seconds, attoseconds) = Swift.min(duration, .seconds(2_000_000)).components
            self = Swift.max(1_000_000, Swift.max(-1, seconds) * 1_000_000_000 + attoseconds / 1_000_000_000)
        }
    }

#endif
