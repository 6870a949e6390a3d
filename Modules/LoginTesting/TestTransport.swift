import Concurrency
public import DevAuthServer
public import OAuthTypes

/// A transport without a network: a `DevAuthServer` and your own answers, by origin. It remembers what it was asked.
///
///     let transport = TestTransport(server: server)
///     transport.answer(for: api.origin) { request in TransportResponse(status: 200) }
public final class TestTransport: HTTPTransport {
    /// Answers a request.
    public typealias Answer = @Sendable (TransportRequest) async throws(TransportError) -> TransportResponse

    private struct State {
        var answers: [Origin: Answer] = [:]
        var requests: [TransportRequest] = []
    }

    private let server: DevAuthServer?
    private let state = Lock(State())

    /// Creates a transport that takes requests for the origin of `server` to it. A request for an origin without an
    /// answer fails with `connectionFailed`, nothing sent.
    public init(server: DevAuthServer? = nil) { self.server = server }

    /// What was asked, in order. Fields and bodies contain tokens and secrets.
    public var requests: [TransportRequest] { state.withLock { $0.requests } }

    /// Answers all requests for `origin` from now on; the server's origin, too.
    public func answer(for origin: Origin, with answer: @escaping Answer) {
        state.withLock { $0.answers[origin] = answer }
    }

    /// Sends the request to the answer of its origin.
    public func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        let answer = state.withLock { state in
            state.requests.append(request)
            return state.answers[request.url.origin]
        }
        guard let answer else {
            guard let server else { throw TransportError(.connectionFailed, sent: .nothing) }
            return try await server.transport.send(request, within: limits)
        }
        let response = try await answer(request)
        guard response.body.count <= limits.maximumBodyOctets else { throw TransportError(.bodyTooLarge, sent: .maybe) }
        return response
    }
}
