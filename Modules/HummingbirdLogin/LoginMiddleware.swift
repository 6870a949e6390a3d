#if Hummingbird

    public import OAuthTypes
    public import Hummingbird
    public import LoginFlow

    /// Logs users in. It answers the requests that belong to the flow and passes the others on with their session.
    ///
    /// `Router.addLogin` adds it to a router and is all that most apps need. Add it yourself to a group, before every
    /// other middleware that answers requests, such as caches. A group's middleware is only called where a route is, so
    /// add routes for the paths of the flow too.
    public struct LoginMiddleware<Context: LoginRequestContext>: RouterMiddleware {
        let flow: LoginFlow
        private let requirement: @Sendable (String) -> Requirement
        private let client: @Sendable (Request, Context) -> ClientAddress?

        /// Creates the middleware of a flow.
        /// - Parameters:
        ///   - flow: The flow that answers.
        ///   - client: The client that a request comes from. By default clients are not told apart.
        ///   - requirement: What a path requires, such as a login of the last five minutes. The path is spelled as the router
        ///     matches it: `//a/` is `/a`, and nothing is decoded. If the router ignores case, compare without case.
        public init(
            _ flow: LoginFlow,
            tellingClientsBy client: @escaping @Sendable (Request, Context) -> ClientAddress? = { _, _ in nil },
            requiring requirement: @escaping @Sendable (String) -> Requirement
        ) {
            self.flow = flow
            self.client = client
            self.requirement = requirement
        }

        /// Creates the middleware of a flow whose pages need any login or none.
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
            self.init(flow, tellingClientsBy: client, requiring: { requiresLogin($0) ? .login : .none })
        }

        /// Creates the middleware of a flow that protects some paths.
        /// - Parameters:
        ///   - flow: The flow that answers.
        ///   - paths: Paths that need a logged-in user, with everything below them: `/account` protects `/account/orders`
        ///     and not `/accounting`. Case is ignored, as some routers do.
        ///   - client: The client that a request comes from.
        /// - Throws: `SettingsError` for a path with a capture or a wildcard.
        public init(
            _ flow: LoginFlow, requiringLoginBelow paths: [String],
            tellingClientsBy client: @escaping @Sendable (Request, Context) -> ClientAddress? = { _, _ in nil }
        ) throws(SettingsError) {
            let protected = try ProtectedPaths(paths)
            self.init(flow, tellingClientsBy: client, requiringLoginWhere: { protected.contains($0) })
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
            switch await flow.admit(visit, requiring: requirement(request.routedPath)) {
            case .reply(let reply): return Response(reply)
            case .visitor(let fields):
                do { return try await next(request, context).adding(fields) } catch let error as LoginRequiredError {
                    return try await sendToLogin(visit, because: error)
                }
            case .session(let session, let fields):
                var context = context
                context.loginSession = session
                return try await next(request, context).adding(fields)
            }
        }

        private func sendToLogin(_ visit: BrowserRequest, because error: LoginRequiredError) async throws -> Response {
            guard case .reply(let reply) = await flow.admit(visit, requiring: .login) else { throw error }
            return Response(reply)
        }
    }

    extension Request {
        // Hummingbird ignores empty path components, so a guard that compares text must do the same.
        fileprivate var routedPath: String {
            "/" + uri.path.split(separator: "/").joined(separator: "/")
        }
    }

#endif
