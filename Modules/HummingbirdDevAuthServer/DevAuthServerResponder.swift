#if Hummingbird

    public import DevAuthServer
    import HTTPTypes
    public import Hummingbird
    import NIOCore
    import OAuthTypes

    /// Passes every request of a Hummingbird app to a `DevAuthServer`.
    ///
    /// `DevAuthServer.application(server:whenListening:)` makes an app of it in one call. Give this one to
    /// `Application` yourself to choose its configuration.
    public struct DevAuthServerResponder: HTTPResponder {
        /// The context of a request, which is not used.
        public typealias Context = BasicRequestContext

        // What the server itself accepts.
        private static let maximumBodyOctets = 65_536
        private static let drainedOctets = 1 << 20
        private let server: DevAuthServer

        /// Creates a responder for `server`.
        public init(_ server: DevAuthServer) { self.server = server }

        /// Answers with 413 to a body that is too long or ends early, and with what the server says otherwise.
        public func respond(to request: Request, context: Context) async throws -> Response {
            guard let method = OAuthTypes::HTTPMethod(request.method.rawValue), let target = request.head.path else {
                return Response(status: .badRequest)
            }
            guard let fields = fields(of: request) else { return Response(status: .badRequest) }
            guard let body = await octets(of: request) else { return Response(status: .contentTooLarge) }
            let answer = await server.respond(to: DevRequest(method, target, fields: fields, body: body))
            return Response(
                status: HTTPResponse.Status(code: answer.status), headers: headers(answer.fields),
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        }

        /// Nil if there is one that no browser sends. The framework takes `Host` out of the fields; the server judges it.
        private func fields(of request: Request) -> [HeaderField]? {
            let host = request.head.authority.map { [HeaderField("Host", $0)] } ?? []
            let fields = host + request.headers.map { HeaderField($0.name.rawName, $0.value) }
            return fields.contains(nil) ? nil : fields.compactMap(\.self)
        }

        // A client that is still sending when the connection closes never reads the response, so some of the rest is read.
        private func octets(of request: Request) async -> [UInt8]? {
            var (octets, count): ([UInt8], Int) = ([], 0)
            do {
                for try await buffer in request.body {
                    count += buffer.readableBytes
                    if count <= Self.maximumBodyOctets { octets += buffer.readableBytesView }
                    guard count <= Self.drainedOctets else { return nil }
                }
            } catch { return nil }
            return count <= Self.maximumBodyOctets ? octets : nil
        }

        private func headers(_ fields: [HeaderField]) -> HTTPFields {
            var headers = HTTPFields()
            for field in fields {
                guard let name = HTTPField.Name(field.name) else { continue }
                headers.append(HTTPField(name: name, value: field.value))
            }
            return headers
        }
    }

#endif
