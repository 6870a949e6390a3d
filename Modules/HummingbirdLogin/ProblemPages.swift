#if Hummingbird

    public import Hummingbird
    public import LoginFlow

    /// Answers errors of the app in the form of the flow's own pages: `HTTPError` with the status 403, 404, 500 or 503, which
    /// includes an address without a route. Programs get `application/problem+json`.
    ///
    /// Add it to the router before the login and all routes:
    ///
    ///     router.add(middleware: ProblemPages(flow))
    ///     try router.addLogin(flow)
    ///
    /// Other errors pass. An error with a body or fields of its own passes too.
    public struct ProblemPages<Context: RequestContext>: RouterMiddleware {
        private let flow: LoginFlow

        /// Creates the middleware for the pages of `flow`.
        public init(_ flow: LoginFlow) { self.flow = flow }

        /// Runs the route, and answers its error.
        @concurrent public func handle(
            _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
        ) async throws -> Response {
            do { return try await next(request, context) } catch let error as HTTPError {
                guard error.body == nil, error.headers.isEmpty, let problem = PageProblem(rawValue: error.status.code),
                    let visit = BrowserRequest(request)
                else { throw error }
                return Response(
                    flow.reply(to: visit, showing: problem, diagnosis: "the app threw HTTPError \(problem.status)"))
            }
        }
    }

#endif
