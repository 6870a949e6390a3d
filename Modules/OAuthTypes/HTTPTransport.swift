/// Sends one request and returns one response. The default is `CurlTransport`; conform your own type to use another
/// client.
///
/// An implementation must keep these rules. One exchange per call: no redirect is followed, nothing is sent twice, no
/// cookie is kept. The body is cut off at ``TransportLimits/maximumBodyOctets`` while reading. The deadlines apply. TLS
/// certificates are always verified. A request with ``TransportRequest/Replay/never`` is sent on a fresh connection,
/// because a client library may silently send it again if a kept one dies. Cancelling the calling task ends the
/// exchange and closes its connection. It may be called from any number of tasks.
///
/// Content codings: `Accept-Encoding` is sent as the request has it, and as `identity` if it has none. A body in one
/// `gzip` coding may be decoded, within the limit before and after; its field `Content-Encoding` stays and shows that
/// the provider ignored the request's field. JSON readers refuse a body that was not decoded; an error response may be
/// returned without such a body. If a request has its own `Accept-Encoding`, the body is returned unchanged.
public protocol HTTPTransport: Sendable {
    /// Sends `request` and returns the response.
    /// - Throws: ``TransportError``; its ``TransportError/sent`` says whether the server may have received the request.
    ///   Any status code is a response, not a failure.
    func send(_ request: TransportRequest, within limits: TransportLimits) async throws(TransportError)
        -> TransportResponse
}

/// A request.
public struct TransportRequest: Sendable {
    /// Whether sending the request twice could do harm.
    public enum Replay: Sendable, Hashable {
        /// Codes, refresh tokens, anything that changes state: at most once, on a fresh connection.
        case never
        /// Reading: a transport may use a kept connection.
        case idempotent
    }

    /// The method.
    public var method: HTTPMethod
    /// The target.
    public var url: EndpointURL
    /// Header fields in order; `Host`, `Content-Length` and `Connection` are the transport's.
    public var fields: [HeaderField]
    /// The body; empty means none.
    public var body: [UInt8]
    /// Whether it may be sent on a kept connection.
    public var replay: Replay

    /// Creates a request.
    public init(
        _ method: HTTPMethod, _ url: EndpointURL, fields: [HeaderField] = [], body: [UInt8] = [], replay: Replay
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
        self.replay = replay
    }
}

/// Limits of one exchange.
public struct TransportLimits: Sendable, Hashable {
    /// How long connecting, TLS included, may take.
    public var connect: Duration
    /// How long the whole exchange may take.
    public var total: Duration
    /// The largest response body, in octets.
    public var maximumBodyOctets: Int

    /// Creates limits; by default 5 s to connect, 10 s in all, and a body of 1 MiB.
    public init(connect: Duration = .seconds(5), total: Duration = .seconds(10), maximumBodyOctets: Int = 1_048_576) {
        self.connect = connect
        self.total = total
        self.maximumBodyOctets = maximumBodyOctets
    }
}

/// A response.
public struct TransportResponse: Sendable {
    /// The status code, 100…599.
    public var status: Int
    /// Header fields in order.
    public var fields: [HeaderField]
    /// The body, at most the limit; decoded if it arrived in `gzip` although the request did not allow that.
    public var body: [UInt8]

    /// Creates a response.
    public init(status: Int, fields: [HeaderField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

/// Why there is no response.
public struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong.
    @nonexhaustive
    public enum Reason: Sendable, Hashable {
        /// The host's name has no address.
        case unknownHost
        /// No connection: refused, unreachable, or refused by the proxy.
        case connectionFailed
        /// The certificate is not trusted, not valid now, or for another host; or the TLS handshake failed.
        case tls
        /// The host has this address only, and an address guard refuses it because it is not public. Neither text is from a
        /// response.
        case addressRefused(host: String, address: String)
        /// A deadline has passed.
        case timedOut
        /// The body passed the limit.
        case bodyTooLarge
        /// The header fields passed the transport's limit.
        case fieldsTooLarge
        /// The body has this content coding although the request did not allow it, and it cannot be decoded: not
        /// `gzip`, several codings, or damaged. Untrusted text: at most 64 octets of printable ASCII.
        case contentCoding(String)
        /// The peer broke the rules of HTTP or closed the connection within the response.
        case protocolViolation
        /// The connection broke while sending or waiting.
        case connectionLost
        /// The calling task was cancelled.
        case cancelled
        /// The transport has been shut down or could not be started.
        case unavailable
        /// The transport cannot be created: the text names the setting and what to change.
        case unusableSetting(String)
    }

    /// Whether the server may have seen the request.
    public enum Sent: Sendable, Hashable {
        /// Not one octet of the request left.
        case nothing
        /// Some or all of it may have arrived.
        case maybe
    }

    /// What went wrong.
    public var reason: Reason
    /// Whether the server may have seen the request.
    public var sent: Sent

    /// Creates an error.
    public init(_ reason: Reason, sent: Sent) {
        self.reason = reason
        self.sent = sent
    }

    /// Reason and effect as text, without URL or content.
    public var description: String {
        if case .unusableSetting(let text) = reason { return text }
        return "\(words) (\(sent == .nothing ? "nothing was sent" : "the request may have arrived"))"
    }

    private var words: String {
        switch reason {
        case .contentCoding(let name): TransportError.words(ofCoding: name)
        case .addressRefused(let host, let address): TransportError.words(of: host, at: address)
        default: "\(reason)"
        }
    }

    private static func words(of host: String, at address: String) -> String {
        """
        the host \(host) has the address \(address), which is not public; if you mean it to be reached, name the host in the \
        transport's address guard
        """
    }

    private static func words(ofCoding name: String) -> String {
        "the body came in the content coding '\(name)', which cannot be decoded, though 'identity' was asked for"
    }
}

extension TransportError.Reason {
    /// Whether waiting may help. Failures that follow from the configuration of the server – its certificate, a
    /// response beyond the limits or against the rules – will happen again.
    package var mayPass: Bool {
        switch self {
        case .tls, .addressRefused, .bodyTooLarge, .fieldsTooLarge, .contentCoding, .protocolViolation,
            .unusableSetting:
            false
        case .unknownHost, .connectionFailed, .timedOut, .connectionLost, .cancelled, .unavailable: true
        }
    }
}
