#if Hummingbird

    import HTTPTypes
    public import Hummingbird
    public import LoginFlow
    import LoginHTTPTypes
    import NIOCore

    extension BrowserRequest {
        /// Creates a request from the head of a Hummingbird request; nil if its method or a field is one that no browser sends.
        public init?(_ request: Request) {
            self.init(request.head)
        }
    }

    extension Request {
        /// Reads the body; nil if it is longer than `limit` octets or ends early.
        ///
        /// Up to 1 MiB of a longer body is read and discarded, because a client that is still sending when the connection
        /// closes never reads the response.
        public func octets(upTo limit: Int) async -> [UInt8]? {
            var octets: [UInt8] = []
            var count = 0
            do {
                for try await buffer in body {
                    count += buffer.readableBytes
                    if count <= limit { octets += buffer.readableBytesView }
                    guard count <= max(limit, Request.drained) else { return nil }
                }
            } catch { return nil }
            return count <= limit ? octets : nil
        }

        private static var drained: Int { 1 << 20 }
    }

    extension Response {
        /// Creates a response from a reply of the flow.
        public init(_ reply: BrowserReply) {
            let head = HTTPResponse(reply)
            self.init(
                status: head.status, headers: head.headerFields,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
        }

        /// Adds the fields that the flow requires on every reply. They replace the app's own fields, except cookies.
        public func adding(_ fields: ReplyFields) -> Response {
            var response = self
            response.headers.apply(fields)
            return response
        }
    }

#endif
