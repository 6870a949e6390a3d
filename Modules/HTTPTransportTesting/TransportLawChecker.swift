import OAuthTypes

/// One law: how to ask and how to complain.
struct TransportLawChecker: Sendable {
    let law: String
    /// Limits for peers that never answer.
    let brief: TransportLimits

    init(law: String, patience: Duration) {
        self.law = law
        brief = TransportLimits(connect: .seconds(300), total: patience)
    }

    func require(
        _ condition: Bool, _ expectation: @autoclosure () -> String, found: @autoclosure () -> String
    ) throws(HTTPTransportLawError) {
        guard !condition else { return }
        throw HTTPTransportLawError(law: law, expectation: expectation(), found: found())
    }

    func require(_ found: Ending, of what: String, isOneOf expected: [Ending]) throws(HTTPTransportLawError) {
        let listed = expected.map(\.description).joined(separator: ", or ")
        try require(expected.contains(found), "\(what) ends in \(listed)", found: found.description)
    }

    func require(_ found: Ending, of what: String, is expected: Ending) throws(HTTPTransportLawError) {
        try require(found, of: what, isOneOf: [expected])
    }

    /// The requests that a peer has seen.
    func require(
        _ count: Int, requestsContaining text: String, at peer: Peer
    ) throws {
        let found = try peer.requests(containing: text)
        try require(found == count, "\(count) requests for \(text)", found: "\(found)")
    }

    /// A request that may be repeated.
    func get(_ target: String, at peer: Peer, fields: [(String, String)] = []) throws -> TransportRequest {
        TransportRequest(
            .get, try peer.url(target), fields: fields.compactMap { HeaderField($0, $1) }, replay: .idempotent)
    }

    /// A request that must not be repeated.
    func post(_ target: String, at peer: Peer) throws -> TransportRequest {
        TransportRequest(.post, try peer.url(target), body: Array("code=secret".utf8), replay: .never)
    }

    /// The answer to a request that has to have one.
    func answer(
        to request: TransportRequest, from transport: any HTTPTransport, within limits: TransportLimits = .generous
    ) async throws(HTTPTransportLawError) -> TransportResponse {
        do throws(TransportError) {
            return try await transport.send(request, within: limits)
        } catch {
            let expectation = "\(request.method) \(request.url) is answered"
            throw HTTPTransportLawError(law: law, expectation: expectation, found: "\(error)")
        }
    }

    /// The same, of its body as text.
    func text(
        of request: TransportRequest, from transport: any HTTPTransport
    ) async throws(HTTPTransportLawError) -> String {
        String(decoding: try await answer(to: request, from: transport).body, as: UTF8.self)
    }
}

extension TransportLimits {
    func cutting(at octets: Int) -> TransportLimits {
        var limits = self
        limits.maximumBodyOctets = octets
        return limits
    }
}
