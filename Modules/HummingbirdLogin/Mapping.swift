#if Hummingbird

    import HTTPTypes
    public import Hummingbird
    public import LoginFlow
    import NIOCore
    public import OAuthTypes

    extension BrowserRequest {
        /// Creates a request from the head of a Hummingbird request; nil if its method or a field is one that no browser sends.
        public init?(_ request: Request) {
            guard let method = HTTPMethod(request.method.rawValue), let target = request.head.path else { return nil }
            let fields = request.headers.compactMap { HeaderField($0.name.rawName, $0.value) }
            guard fields.count == request.headers.count else { return nil }
            self.init(method, target: target, fields: fields)
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
            self.init(
                status: HTTPResponse.Status(code: reply.status), headers: HTTPFields(reply.fields),
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
        }

        /// Adds the fields that the flow requires on every reply. They replace the app's own fields, except cookies.
        public func adding(_ fields: ReplyFields) -> Response {
            var response = self
            let mine = HTTPFields(fields.fields)
            for field in mine where field.name != .setCookie { response.headers[field.name] = nil }
            response.headers.append(contentsOf: mine)
            return response
        }
    }

    extension HTTPFields {
        /// Creates fields in the same order, keeping repeated names.
        public init(_ fields: [HeaderField]) {
            self.init()
            for field in fields {
                guard let name = HTTPField.Name(field.name) else { continue }
                append(HTTPField(name: name, value: field.value))
            }
        }
    }

#endif
