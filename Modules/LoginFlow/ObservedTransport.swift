import OAuthTypes

/// Records a session's API calls as events: steps 9 and 10.
struct ObservedTransport: HTTPTransport {
    let flow: LoginFlow
    let correlationID: String

    func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        try await flow.environment.during(.apiCall, of: correlationID) {
            () async throws(TransportError) -> TransportResponse in
            try await observed(request, within: limits)
        }
    }

    private func observed(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        flow.record(
            "api.called", step: .apiCalled, from: .webApp, to: .api, correlationID: correlationID,
            details: [
                .init("request", "\(request.method) \(request.url.origin)\(request.url.path)"),
                .init("Authorization", "Bearer •••"),
            ])
        let start = flow.environment.stopwatch.reading
        do {
            let response = try await flow.environment.transport.send(request, within: limits)
            recordAnswer([.init("status", String(response.status))], since: start)
            return response
        } catch {
            recordAnswer([.init("failure", "\(error.reason)")], since: start)
            throw error
        }
    }

    private func recordAnswer(_ details: [FlowEvent.Detail], since start: Duration) {
        flow.record(
            "api.answered", step: .apiAnswered, from: .api, to: .webApp, correlationID: correlationID, details: details,
            took: flow.environment.stopwatch.reading - start)
    }
}
