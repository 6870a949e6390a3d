package import OAuthTypes
import Testing

/// Fails the test that touches it.
package struct UnreachableTransport: HTTPTransport {
    package init() {}

    package func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportFailure) -> TransportResponse {
        Issue.record("nothing was to be sent, but a request went to \(request.url.origin)")
        throw TransportFailure(.unavailable, sent: .nothing)
    }
}
