#if Hummingbird

    public import Hummingbird
    public import LoginFlow

    /// Logs users in. It answers the requests that belong to the flow and passes the others on with their session.
    ///
    /// ```swift
    /// let router = Router(context: BasicLoginRequestContext.self)
    /// router.add(middleware: LoginMiddleware(flow) { path in path.hasPrefix("/account") })
    /// router.get("account") { _, context in "Hello, \(context.loginSession?.subject.text ?? "?")" }
    /// ```
    /// Add it before every other middleware that answers requests, such as caches.
    public struct LoginMiddleware<Context: LoginRequestContext>: RouterMiddleware {
        private let flow: LoginFlow
        private let requiresLogin: @Sendable (String) -> Bool
        private let client: @Sendable (Request, Context) -> ClientAddress?

        /// Creates the middleware of a flow.
        /// - Parameters:
        ///   - flow: The flow that answers.
        ///   - client: The client that a request comes from, so that one client cannot use up what all of them share. If
        ///     the context knows the peer, return `ClientAddress(peer:fields:proxies:)`. By default clients are not told
        ///     apart.
        ///   - requiresLogin: Whether a path needs a logged-in user. The path is spelled as the router matches it: `//a/` is
        ///     `/a`, and nothing is decoded. If the router ignores case, compare without case.
        public init(
            _ flow: LoginFlow,
            tellingClientsBy client: @escaping @Sendable (Request, Context) -> ClientAddress? = { _, _ in nil },
            requiringLoginWhere requiresLogin: @escaping @Sendable (String) -> Bool
        ) {
            self.flow = flow
            self.client = client
            self.requiresLogin = requiresLogin
        }

        /// Answers the request or passes it on.
        @concurrent public func handle(
            _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
        ) async throws -> Response {
            guard var visit = BrowserRequest(request) else { return Response(status: .badRequest) }
            if let route = flow.route(visit.method, target: visit.target) {
                guard let body = await request.octets(upTo: route.bodyLimit) else {
                    return Response(flow.refuseLongBody(of: visit))
                }
                visit.body = body
                visit.client = client(request, context)
                return Response(await flow.respond(to: visit, on: route))
            }
            switch await flow.admit(visit, requiring: requiresLogin(request.routedPath) ? .login : .none) {
            case .reply(let reply): return Response(reply)
            case .visitor(let fields): return try await next(request, context).adding(fields)
            case .session(let session, let fields):
                var context = context
                context.loginSession = session
                return try await next(request, context).adding(fields)
            }
        }
    }

    extension Request {
        // Hummingbird ignores empty path components, so a guard that compares text must do the same.
        fileprivate var routedPath: String {
            "/" + uri.path.split(separator: "/").joined(separator: "/")
        }
    }

#endif
