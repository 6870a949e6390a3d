#if HTTPTypes

    import HTTPTypes
    import LoginFlow
    import LoginHTTPTypes

    /// A shop on any server that speaks HTTPTypes: give `answer` to the server as its handler.
    struct ShopServer: Sendable {
        let flow: LoginFlow

        /// Answers a request. `body` reads up to so many octets, and is nil when there are more.
        func answer(
            _ request: HTTPRequest, body: (_ limit: Int) async throws -> [UInt8]?
        ) async throws -> (HTTPResponse, [UInt8]) {
            guard var visit = BrowserRequest(request) else { return (HTTPResponse(status: .badRequest), []) }
            if let route = flow.route(visit.method, target: visit.target) {
                guard let read = try await body(route.bodyLimit) else { return sent(flow.refuseLongBody(of: visit)) }
                visit.body = read
                return sent(await flow.respond(to: visit, on: route))
            }
            let isAccount = visit.target == "/account" || visit.target.hasPrefix("/account?")
            switch await flow.admit(visit, requiring: isAccount ? .login : .none) {
            case .reply(let reply): return sent(reply)
            case .visitor(let fields): return page("Hello, guest", fields)
            case .session(let session, let fields): return page("Hello, \(session.user.name ?? "you")", fields)
            }
        }

        private func sent(_ reply: BrowserReply) -> (HTTPResponse, [UInt8]) { (HTTPResponse(reply), reply.body) }

        private func page(_ text: String, _ required: ReplyFields) -> (HTTPResponse, [UInt8]) {
            var response = HTTPResponse(status: .ok, headerFields: [.contentType: "text/plain; charset=utf-8"])
            response.headerFields.apply(required)
            return (response, Array(text.utf8))
        }
    }

#endif
