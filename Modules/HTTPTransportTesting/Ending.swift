package import OAuthTypes

/// What a call of `send` led to: an answer or a typed failure.
package enum Ending: Sendable, Hashable, CustomStringConvertible {
    case status(Int)
    case failure(TransportError.Reason, TransportError.Sent)

    package var description: String {
        switch self {
        case .status(let status): "status \(status)"
        case .failure(let reason, let sent): "\(reason), sent: \(sent)"
        }
    }
}

extension HTTPTransport {
    /// Sends and folds both outcomes into one value.
    package func ending(_ request: TransportRequest, within limits: TransportLimits = .generous) async -> Ending {
        do throws(TransportError) {
            return .status(try await send(request, within: limits).status)
        } catch {
            return .failure(error.reason, error.sent)
        }
    }

    /// The body of the answer to a GET that may use a kept connection.
    package func text(_ url: EndpointURL, replay: TransportRequest.Replay = .idempotent) async throws -> String {
        let response = try await send(TransportRequest(.get, url, replay: replay), within: .generous)
        return String(decoding: response.body, as: UTF8.self)
    }
}

extension TransportLimits {
    /// Deadlines that end a hanging test and that no working one meets, however busy the machine.
    package static let generous = TransportLimits(connect: .seconds(300), total: .seconds(300))
    /// For peers that never answer.
    package static let short = TransportLimits(connect: .seconds(300), total: .milliseconds(1500))
}
