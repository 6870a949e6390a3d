/// How a ``CurlTransport`` reaches servers. There is no setting that weakens the check of certificates.
public struct CurlConfiguration: Sendable, Hashable {
    /// Which proxy requests go through.
    public enum Proxy: Sendable, Hashable {
        /// None, whatever the environment says.
        case none
        /// What `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy` name when a request is sent.
        case environment
        /// An HTTP proxy. `https` requests tunnel through it; requests to loopback hosts go around it.
        /// The host is a name, an IPv4 address or a bracketed IPv6 address.
        case server(host: String, port: UInt16)
    }

    /// What happens to a connection after its exchange.
    public enum Connections: Sendable, Hashable {
        /// It is closed: no exchange can receive a response meant for another, and nothing is sent twice.
        case perExchange
        /// After an `idempotent` request it is kept for the next one, which saves the handshake. Use it for servers
        /// that you trust to frame their responses: libcurl does not always notice octets beyond the end of a response
        /// and may take them for the next one. If the server closes a kept connection just then, libcurl sends the
        /// request again. `never` requests still have a connection of their own.
        case keptForReading
    }

    /// Path of a PEM file with the certificate authorities to trust *instead of* the system's; nil for the system's.
    public var caFile: String?

    /// The proxy; none by default.
    public var proxy: Proxy

    /// What happens to connections; closed after each exchange by default.
    public var connections: Connections

    /// The value of `User-Agent` in requests without one; empty sends none.
    public var userAgent: String

    /// How many exchanges may have a connection at the same time, 1…10,000. Further ones wait, and their total deadline
    /// runs.
    public var maximumConnections: Int

    /// Which addresses may be connected to; all by default. A proxy looks names up itself, so behind one only hosts that are
    /// addresses are checked.
    public var addressGuard: AddressGuard

    /// By default the system's authorities, no proxy, up to 64 connections of one exchange each, and no address guard.
    public init(
        caFile: String? = nil, proxy: Proxy = .none, connections: Connections = .perExchange,
        userAgent: String = "swift-login-flow", maximumConnections: Int = 64,
        addressGuard: AddressGuard = .off
    ) {
        self.caFile = caFile
        self.proxy = proxy
        self.connections = connections
        self.userAgent = userAgent
        self.maximumConnections = maximumConnections
        self.addressGuard = addressGuard
    }
}
