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
            var octetsOfBody: Int64 = 0
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
                return nil
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

    }

    /// The response was refused; the exchange knows why.
    struct RefusedError: Error {}

    // What the handlers of the connection ask, on its event loop.
    extension Exchange {
        /// Takes the connection. Called once, before anything is written to it.
        func watch(_ channel: any Channel) -> EventLoopFuture<Void> {
            guard channel.eventLoop.inEventLoop else { return channel.eventLoop.flatSubmit { self.watch(channel) } }
            // Never fails: AsyncHTTPClient does not expect a connection whose preparation does. Without its handlers the
            // connection writes what nobody judges until it is closed, so the request may have been sent.
            do {
                let connection = try Connection(channel, for: self)
                let isOver = state.withLock { state in
                    state.connection = connection
                    return state.isOver
                }
                if isOver { connection.closeSoon() }
            } catch {
                state.withLock { state in
                    state.isSent = true
                    state.refusal = .connectionLost
                }
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
            accept(in: { judge(&$0.reader) })
        }

        /// Whether SwiftNIO has read the header of the response as it was judged. Two readers that disagree about a response
        /// may disagree about what it says.
        func hasRead(_ head: HTTPResponseHead) -> Bool {
            let read = state.withLock { $0.reader.response }
            return read?.status == Int(head.status.code) && read?.fields.count == head.headers.count
        }

        /// Whether the header of the response is complete.
        var isHeadComplete: Bool { state.withLock { $0.reader.response != nil } }

        /// Whether the body is to be decoded, if there is one.
        var isDecoded: Bool {
            state.withLock { $0.reader.response?.fields.contentCoding != nil } && !request.asksForCoding
        }

        /// Counts octets of the body, not decoded yet.
        func accept(octetsOfBody octets: Int) -> Bool {
            accept(in: { state in
                state.octetsOfBody += Int64(octets)
                return state.reader.refusal(ofReceived: state.octetsOfBody)
            })
        }

        /// Judges all that came behind the header: next to the body, there is room for its chunks' sizes and for trailers.
        func accept(framed octets: Int64) -> Bool {
            accept(in: { state in
                let room = Int64(ResponseReader.maximumHeaderOctets) + 16 * min(state.octetsOfBody, .max / 32)
                return octets <= room ? nil : .fieldsTooLarge
            })
        }

        /// Counts trailers as lines of the header; they are left out.
        func accept(_ trailers: HTTPHeaders?) -> Bool {
            accept { reader in
                for (name, value) in trailers ?? [:] {
                    if let refusal = reader.take(line: Array("\(name): \(value)\r\n".utf8)) { return refusal }
                }
                return nil
            }
        }

        private func accept(in judge: (inout State) -> TransportError.Reason?) -> Bool {
            state.withLock { state in
                guard state.refusal == nil else { return false }
                state.refusal = judge(&state)
                return state.refusal == nil
            }
        }
    }

#endif
