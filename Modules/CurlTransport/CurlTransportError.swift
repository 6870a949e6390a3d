/// Why a ``CurlTransport`` cannot be created.
@nonexhaustive
public enum CurlTransportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file with the certificate authorities cannot be opened for reading.
    case authoritiesUnreadable(path: String)
    /// The proxy's host or port is invalid.
    case proxy(host: String, port: UInt16)
    /// The user agent contains a control character or a line break.
    case userAgent
    /// The number of connections is not in 1…10,000.
    case maximumConnections(Int)
    /// libcurl could not be started, or is built without TLS.
    case library

    /// What to change.
    public var description: String {
        switch self {
        case .authoritiesUnreadable(let path): "the certificate authorities cannot be read from \(path)"
        case .proxy(let host, let port): "\(host):\(port) is no host and port of a proxy"
        case .userAgent: "the user agent must not hold control characters"
        case .maximumConnections(let count): "the number of connections must be in 1...10000, not \(count)"
        case .library: "libcurl could not be started, or has no TLS"
        }
    }
}
