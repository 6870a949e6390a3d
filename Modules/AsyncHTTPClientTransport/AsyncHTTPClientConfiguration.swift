#if AsyncHTTPClient

    /// How an ``AsyncHTTPClientTransport`` reaches servers. There is no setting that weakens the check of certificates.
    public struct AsyncHTTPClientConfiguration: Sendable, Hashable {
        /// Which proxy requests go through. The environment is never asked.
        public enum Proxy: Sendable, Hashable {
            /// None.
            case none
            /// An HTTP proxy. `https` requests tunnel through it; requests to loopback hosts go around it.
            /// The host is a name, an IPv4 address or a bracketed IPv6 address.
            case server(host: String, port: UInt16)
        }

        /// Path of a PEM file with the certificate authorities to trust *instead of* the system's; nil for the system's.
        /// It is read once, when the transport is created.
        public var caFile: String?

        /// The proxy; none by default.
        public var proxy: Proxy

        /// The value of `User-Agent` in requests without one; empty sends none.
        public var userAgent: String

        /// How many exchanges may have a connection at the same time, 1…10,000. Further ones wait, and their total deadline
        /// runs.
        public var maximumConnections: Int

        /// By default the system's authorities, no proxy, and up to 64 connections.
        public init(
            caFile: String? = nil, proxy: Proxy = .none, userAgent: String = "swift-login-flow",
            maximumConnections: Int = 64
        ) {
            self.caFile = caFile
            self.proxy = proxy
            self.userAgent = userAgent
            self.maximumConnections = maximumConnections
        }
    }

#endif
