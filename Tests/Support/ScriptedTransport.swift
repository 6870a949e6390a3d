import Concurrency
package import OAuthTypes

/// A transport that answers from a script, in order, and remembers what it was asked. Past the end of the script it is
/// unavailable, and ``unexpectedCount`` tells.
package final class ScriptedTransport: HTTPTransport {
    package typealias Answer = @Sendable (TransportRequest) async throws(TransportError) -> TransportResponse

    private struct State {
        var answers: ArraySlice<Answer>
        var exchanges: [(request: TransportRequest, limits: TransportLimits)] = []
        var unexpectedCount = 0
    }

    private let state: Lock<State>

    /// Answers with these, each once.
    package init(_ answers: [Answer] = []) {
        state = Lock(State(answers: answers[...]))
    }

    package convenience init(_ script: [Result<TransportResponse, TransportError>]) {
        self.init(script.map(ScriptedTransport.answer))
    }

    /// Answers every request of the script with a response.
    package convenience init(_ responses: TransportResponse...) {
        self.init(responses.map(Result.success))
    }

    /// Fails every request of the script.
    package convenience init(_ failures: TransportError...) {
        self.init(failures.map(Result.failure))
    }

    /// What was asked, in order.
    package var requests: [TransportRequest] { state.withLock { $0.exchanges.map(\.request) } }

    /// The limits of each request, in order.
    package var limits: [TransportLimits] { state.withLock { $0.exchanges.map(\.limits) } }

    /// How many requests came after the script had ended.
    package var unexpectedCount: Int { state.withLock { $0.unexpectedCount } }

    /// How many responses have not been consumed yet.
    package var remainingCount: Int { state.withLock { $0.answers.count } }

    private static func answer(_ result: Result<TransportResponse, TransportError>) -> Answer {
        { (_) throws(TransportError) in try result.get() }
    }

    /// Adds an answer to the end of the script.
    package func then(_ answer: @escaping Answer) {
        state.withLock { $0.answers.append(answer) }
    }

    /// Adds a response to the end of the script.
    package func then(_ response: TransportResponse) {
        then { _ in response }
    }

    /// Adds a failure to the end of the script.
    package func thenFail(_ reason: TransportError.Reason, sent: TransportError.Sent = .nothing) {
        then { (_) throws(TransportError) in throw TransportError(reason, sent: sent) }
    }

    package func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        let answer = state.withLock { state -> Answer? in
            state.exchanges.append((request, limits))
            if state.answers.isEmpty { state.unexpectedCount += 1 }
            return state.answers.popFirst()
        }
        guard let answer else { throw TransportError(.unavailable, sent: .nothing) }
        let response = try await answer(request)
        guard response.body.count <= limits.maximumBodyOctets else {
            throw TransportError(.bodyTooLarge, sent: .maybe)
        }
        return response
    }
}

extension TransportResponse {
    /// A response of type `application/json`, unless `type` says otherwise.
    package static func json(
        _ text: String, status: Int = 200, type: String = "application/json", fields: [(String, String)] = []
    ) -> TransportResponse {
        json(
            Array(text.utf8), fields: ([("Content-Type", type)] + fields).compactMap { HeaderField($0, $1) },
            status: status, typed: true)
    }

    /// A JSON answer with status 200 unless `status` says otherwise.
    package static func json(_ body: [UInt8], fields: [HeaderField] = [], status: Int = 200) -> TransportResponse {
        json(body, fields: fields, status: status, typed: false)
    }

    /// A JSON answer with status 200 unless `status` says otherwise.
    package static func json(_ text: String, fields: [HeaderField], status: Int = 200) -> TransportResponse {
        json(Array(text.utf8), fields: fields, status: status, typed: false)
    }

    private static func json(_ body: [UInt8], fields: [HeaderField], status: Int, typed: Bool) -> TransportResponse {
        let type = typed ? [] : [HeaderField(literal: "Content-Type", value: "application/json")]
        return TransportResponse(status: status, fields: type + fields, body: body)
    }
}
