import Concurrency
import OAuthTypes

/// Passes requests on, counts them, and lets a test change what comes back.
final class TamperingTransport: HTTPTransport {
    typealias Change = @Sendable (TransportRequest, TransportResponse) throws(TransportError) -> TransportResponse

    private struct State: Sendable {
        var requests: [TransportRequest] = []
        var change: Change?
        var failure: (path: String, failure: TransportError)?
        var before: (@Sendable (TransportRequest) async -> Void)?
    }

    private let inner: any HTTPTransport
    private let state = Lock(State())

    init(_ inner: any HTTPTransport) { self.inner = inner }

    /// What was sent, in order.
    var requests: [TransportRequest] { state.withLock { $0.requests } }

    func count(path: String) -> Int { requests.count { $0.url.path == path } }

    /// Runs `change` on every answer from now on.
    func tamper(_ change: @escaping Change) { state.withLock { $0.change = change } }

    /// Fails every request to this path from now on, before the provider sees it; nil ends that.
    func fail(_ path: String, _ failure: TransportError?) {
        state.withLock { $0.failure = failure.map { (path, $0) } }
    }

    /// Runs `action` before every request from now on.
    func before(_ action: @escaping @Sendable (TransportRequest) async -> Void) {
        state.withLock { $0.before = action }
    }

    func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        let (change, before, failure) = state.withLock { state in
            state.requests.append(request)
            return (state.change, state.before, state.failure)
        }
        await before?(request)
        if let failure, failure.path == request.url.path { throw failure.failure }
        let response = try await inner.send(request, within: limits)
        guard let change else { return response }
        return try change(request, response)
    }
}
