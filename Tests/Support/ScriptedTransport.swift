import CryptoPrimitives
package import OAuthTypes

/// Answers requests from a script, in order, and keeps what was asked. Past the end of the script it is unavailable.
package final class ScriptedTransport: HTTPTransport {
    private struct Shared: Sendable {
        var script: ArraySlice<Result<TransportResponse, TransportFailure>>
        var exchanges: [(request: TransportRequest, limits: TransportLimits)] = []
    }

    private let shared: Lock<Shared>

    package init(_ script: [Result<TransportResponse, TransportFailure>]) {
        shared = Lock(Shared(script: script[...]))
    }

    /// Answers every request of the script with a response.
    package convenience init(_ responses: TransportResponse...) {
        self.init(responses.map(Result.success))
    }

    /// Fails every request of the script.
    package convenience init(_ failures: TransportFailure...) {
        self.init(failures.map(Result.failure))
    }

    /// What was asked, in order.
    package var requests: [TransportRequest] { shared.withLock { $0.exchanges.map(\.request) } }

    /// The limits of each request, in order.
    package var limits: [TransportLimits] { shared.withLock { $0.exchanges.map(\.limits) } }

    package func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportFailure) -> TransportResponse {
        let answer = shared.withLock { shared in
            shared.exchanges.append((request, limits))
            return shared.script.popFirst() ?? .failure(TransportFailure(.unavailable, sent: .nothing))
        }
        return try answer.get()
    }
}

extension TransportResponse {
    /// A response of type `application/json`, unless `type` says otherwise.
    package static func json(
        _ text: String, status: Int = 200, type: String = "application/json", fields: [(String, String)] = []
    ) -> TransportResponse {
        let fields = [("Content-Type", type)] + fields
        return TransportResponse(
            status: status, fields: fields.compactMap { HeaderField($0, $1) }, body: Array(text.utf8))
    }
}
