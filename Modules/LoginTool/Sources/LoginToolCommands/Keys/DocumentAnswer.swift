import OAuthTypes

/// The response of a server that should publish a document.
struct DocumentAnswer: Sendable {
    private let result: Result<TransportResponse, TransportError>

    /// Fetches the document: at most 1 MiB in at most ten seconds.
    init(of url: EndpointURL, over transport: any HTTPTransport) async {
        let accept = [HeaderField("Accept", "application/json")].compactMap(\.self)
        let request = TransportRequest(.get, url, fields: accept, replay: .idempotent)
        do {
            result = .success(
                try await transport.send(request, within: TransportLimits(maximumBodyOctets: KeySetText.limit)))
        } catch { result = .failure(error) }
    }

    func octets() throws(RejectionError) -> [UInt8] {
        let response: TransportResponse
        do { response = try result.get() } catch {
            throw RejectionError("no_response", words: "could not be fetched: \(error)")
        }
        guard response.status == 200 else {
            throw RejectionError("status", words: "answered \(response.status) instead of a document")
        }
        return response.body
    }
}
