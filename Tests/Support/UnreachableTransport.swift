import Concurrency
package import OAuthTypes
import Testing

/// Fails the test that touches it. ``requestCount`` tells how often that happened.
package final class UnreachableTransport: HTTPTransport {
    private let count = Lock(0)

    package init() {}

    package var requestCount: Int { count.withLock { $0 } }

    package func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        count.withLock { $0 += 1 }
        Issue.record("nothing was to be sent, but a request went to \(request.url.origin)")
        throw TransportError(.unavailable, sent: .nothing)
    }
}
