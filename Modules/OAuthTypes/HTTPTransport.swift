/// Sends one request and returns one response. The default is `CurlTransport`; plug in your own for another client.
///
/// The law of an implementation: one exchange per call – no redirect is followed, nothing is sent twice, no cookie is
/// kept –; the body is cut off at ``TransportLimits/maximumBodyOctets`` while reading; the deadlines hold; TLS
/// certificates are verified always; a request with ``TransportRequest/Replay/never`` goes out on a fresh connection,
/// because a client library may silently send it again when a kept one dies. Cancelling the calling task ends the
/// exchange and closes its connection. Callable from any number of tasks.
///
/// Content codings: `Accept-Encoding` goes out as the request has it, and `identity` is sent where it has none. A body
/// in one `gzip` that comes all the same may be decoded, within the limit before and after; its field
/// `Content-Encoding` stays, which tells that the provider did not heed the request. One that is handed over as it came is
/// refused by whoever wanted to read it; an answer other than a success may come without such a body. To a request that asks for a coding by a field of its own, every body is
/// handed over as it came.
public protocol HTTPTransport: Sendable {
    /// Performs `request`.
    /// - Throws: ``TransportError``; its ``TransportError/sent`` says whether the server may have seen the request.
    ///   Any status code is a response, not a failure.
    func send(_ request: TransportRequest, within limits: TransportLimits) async throws(TransportError)
        -> TransportResponse
}

/// What goes out.
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

    /// Describes a request.
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

/// Bounds of one exchange.
public struct TransportLimits: Sendable, Hashable {
    /// How long connecting, TLS included, may take.
    public var connect: Duration
    /// How long the whole exchange may take.
    public var total: Duration
    /// The largest response body, in octets.
    public var maximumBodyOctets: Int

    /// Describes bounds; by default 5 s to connect, 10 s in all, and a body of 1 MiB.
    public init(connect: Duration = .seconds(5), total: Duration = .seconds(10), maximumBodyOctets: Int = 1_048_576) {
        self.connect = connect
        self.total = total
        self.maximumBodyOctets = maximumBodyOctets
    }
}

/// What came back.
public struct TransportResponse: Sendable {
    /// The status code, 100…599.
    public var status: Int
    /// Header fields in order.
    public var fields: [HeaderField]
    /// The body, at most the limit; decoded where it came in `gzip` though nobody had asked for that.
    public var body: [UInt8]

    /// Describes a response.
    public init(status: Int, fields: [HeaderField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

/// Why no response came back.
public struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong.
    @nonexhaustive
    public enum Reason: Sendable, Hashable {
        /// The host's name has no address.
        case unknownHost
        /// No connection: refused, unreachable, or the proxy said no.
        case connectionFailed
        /// The certificate is not trusted, not valid now, or for another host; or the TLS handshake failed.
        case tls
        /// A deadline passed.
        case timedOut
        /// The body passed the limit.
        case bodyTooLarge
        /// The header fields passed the transport's limit.
        case fieldsTooLarge
        /// The body came in this content coding though none was asked for, and it cannot be decoded: another one than
        /// `gzip`, several, or a damaged one. Foreign text: at most 64 octets of printable ASCII.
        case contentCoding(String)
        /// The peer broke the rules of HTTP or closed the connection within the response.
        case protocolViolation
        /// The connection broke while sending or waiting.
        case connectionLost
        /// The calling task was cancelled.
        case cancelled
        /// The transport has been shut down or could not be started.
        case unavailable
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

    /// Describes a failure.
    public init(_ reason: Reason, sent: Sent) {
        self.reason = reason
        self.sent = sent
    }

    /// Reason and effect in words, without URL or content.
    public var description: String {
        "\(words) (\(sent == .nothing ? "nothing was sent" : "the request may have arrived"))"
    }

    private var words: String {
        guard case .contentCoding(let name) = reason else { return "\(reason)" }
        return "the body came in the content coding '\(name)', which cannot be decoded, though 'identity' was asked for"
    }
}

extension TransportError.Reason {
    /// Whether waiting may help. What follows from how the server is set up – its certificate, an answer beyond the
    /// bounds or against the rules – will be the same next time.
    package var mayPass: Bool {
        switch self {
        case .tls, .bodyTooLarge, .fieldsTooLarge, .contentCoding, .protocolViolation: false
        case .unknownHost, .connectionFailed, .timedOut, .connectionLost, .cancelled, .unavailable: true
        }
    }
}
