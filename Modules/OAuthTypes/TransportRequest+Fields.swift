extension TransportRequest {
    /// Whether the caller asks for content codings and wants bodies as they come.
    package var asksForCoding: Bool {
        fields.values(named: "Accept-Encoding").contains { $0.lowercased() != "identity" }
    }

    /// The fields that a transport sends as they are: without those about the connection and the framing, which it writes
    /// itself, and with one `Accept-Encoding`.
    package var endToEndFields: [HeaderField] {
        let kept = fields.filter { !TransportRequest.ofTheConnection.contains(where: $0.isNamed) }
        if asksForCoding { return kept }
        return [HeaderField(literal: "Accept-Encoding", value: "identity")]
            + kept.filter { !$0.isNamed("Accept-Encoding") }
    }

    private static let ofTheConnection = [
        "Host", "Content-Length", "Connection", "Transfer-Encoding", "Expect", "Upgrade", "TE", "Trailer", "Keep-Alive",
        "Proxy-Connection",
    ]
}
