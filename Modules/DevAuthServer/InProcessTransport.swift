public import OAuthTypes

extension DevAuthServer {
    /// A transport that takes requests to this server's own origin in process, without a socket. All other requests fail
    /// with `connectionFailed`, nothing sent.
    public var transport: any HTTPTransport { InProcessTransport(server: self) }
}

private struct InProcessTransport: HTTPTransport {
    let server: DevAuthServer

    func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        guard request.url.origin == server.issuer.origin else {
            throw TransportError(.connectionFailed, sent: .nothing)
        }
        guard !Task.isCancelled else { throw TransportError(.cancelled, sent: .nothing) }
        let response = await server.respond(
            to: DevRequest(request.method, target(of: request.url), fields: request.fields, body: request.body))
        guard response.body.count <= limits.maximumBodyOctets else {
            throw TransportError(.bodyTooLarge, sent: .maybe)
        }
        return TransportResponse(status: response.status, fields: response.fields, body: response.body)
    }

    private func target(of url: EndpointURL) -> String {
        let path = url.path.isEmpty ? "/" : url.path
        return url.query.map { "\(path)?\($0)" } ?? path
    }
}
