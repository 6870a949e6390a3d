#if AsyncHTTPClient

    import AsyncHTTPClient
    import Concurrency
    import NIOCore
    import NIOHTTP1
    import OAuthTypes

    /// One call of `send`: what its connection may write, and what of the response has been judged.
    final class Exchange: Sendable {
        private struct State {
            var reader: ResponseReader
            var refusal: TransportError.Reason?
            var isOver = false
            var isSent = false
            var connection: Connection?
        }

        let request: TransportRequest
        let limits: TransportLimits
        let stop = Stop()
        private let state: Lock<State>

        init(request: TransportRequest, limits: TransportLimits) {
            self.request = request
            self.limits = limits
            let reader = ResponseReader(
                maximumBodyOctets: limits.maximumBodyOctets, isBodyExpected: request.method != .head,
                isCodingRefused: !request.asksForCoding)
            state = Lock(State(reader: reader))
        }

        /// Sends the request and reads the response.
        /// - Returns: why there is none; nil when the response is complete.
        func run(with client: HTTPClient, userAgent: String) async -> (any Error)? {
            do {
                let response = try await client.execute(
                    HTTPClientRequest(request, userAgent: userAgent), deadline: .distantFuture)
                for try await octets in response.body {
                    guard accept({ $0.take(body: octets.readableBytesView) }) else { return RefusedError() }
                }
                return isRead(as: response) ? nil : RefusedError()
            } catch { return error }
        }

        /// Ends the exchange: from here on nothing is written. Returns when the connection is closed.
        func finish() async {
            let connection = state.withLock { state in
                state.isOver = true
                return state.connection
            }
            await connection?.close()
        }

        /// The response or why there is none, after ``finish()``.
        func outcome(of end: Race.End) -> Result<TransportResponse, TransportError> {
            state.withLock { state in
                let sent: TransportError.Sent = state.isSent ? .maybe : .nothing
                switch end {
                case .expired: return .failure(TransportError(.timedOut, sent: sent))
                case .stopped: return .failure(TransportError(.unavailable, sent: sent))
                case .cancelled: return .failure(TransportError(.cancelled, sent: sent))
                case .completed(nil):
                    if let response = state.reader.response { return .success(response) }
                    return .failure(TransportError(.protocolViolation, sent: sent))
                case .completed(let error?): return failure(error, state, sent: sent)
                }
            }
        }

        // An error's status must not be lost together with an unreadable body.
        private func failure(
            _ error: any Error, _ state: State, sent: TransportError.Sent
        ) -> Result<TransportResponse, TransportError> {
            let reason =
                state.refusal
                ?? TransportError.Reason(error, sent: sent, reader: state.reader, url: request.url)
            if case .contentCoding = reason, let response = state.reader.response,
                !(200...299).contains(response.status)
            {
                return .success(TransportResponse(status: response.status, fields: response.fields))
            }
            return .failure(TransportError(reason, sent: sent))
        }

        // Two readers that disagree about a response may disagree about what it says.
        private func isRead(as response: HTTPClientResponse) -> Bool {
            let read = state.withLock { $0.reader.response }
            return read?.status == Int(response.status.code) && read?.fields.count == response.headers.count
        }
    }

    /// The response was refused; the exchange knows why.
    struct RefusedError: Error {}

    // What the handlers of the connection ask, on its event loop.
    extension Exchange {
        /// Takes the connection. Called once, before anything is written to it.
        func watch(_ channel: any Channel) -> EventLoopFuture<Void> {
            guard channel.eventLoop.inEventLoop else { return channel.eventLoop.flatSubmit { self.watch(channel) } }
            // Never fails: AsyncHTTPClient does not expect a connection whose preparation does. Without its handlers the
            // connection would write what nobody judges, so it is closed instead.
            do {
                let connection = try Connection(channel, for: self)
                let isOver = state.withLock { state in
                    state.connection = connection
                    return state.isOver
                }
                if isOver { connection.closeSoon() }
            } catch {
                channel.eventLoop.execute { channel.close(promise: nil) }
            }
            return channel.eventLoop.makeSucceededVoidFuture()
        }

        /// Whether the request may be written; if so, it may have been sent.
        func mayWrite() -> Bool {
            state.withLock { state in
                guard !state.isOver, state.refusal == nil else { return false }
                state.isSent = true
                return true
            }
        }

        /// Lets the reader judge; false ends the exchange.
        func accept(_ judge: (inout ResponseReader) -> TransportError.Reason?) -> Bool {
            state.withLock { state in
                guard state.refusal == nil else { return false }
                state.refusal = judge(&state.reader)
                return state.refusal == nil
            }
        }

        /// Whether the header of the response is complete.
        var isHeadComplete: Bool { state.withLock { $0.reader.response != nil } }

        /// Whether the body has a coding, which is then one `gzip`.
        var isCoded: Bool { state.withLock { $0.reader.contentCoding != nil } && !request.asksForCoding }
    }

#endif
