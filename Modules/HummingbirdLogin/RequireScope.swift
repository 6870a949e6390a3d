#if Hummingbird

    public import APIGuard
    public import Hummingbird
    public import JOSE
    import LoginHTTPTypes
    public import OAuthTypes

    extension RouterMethods {
        /// Returns a group whose routes need an access token with a scope: `context.accessToken` has its claims there.
        ///
        /// ```swift
        /// let orders = try router.group("orders").requireScope("orders:read", by: gate)
        /// orders.get { _, context in "Orders of \(context.accessToken.subject.text)" }
        /// ```
        /// Other requests get the status and the challenge of RFC 6750 §3. The token is read from the field `Authorization`
        /// only. The group works without a login, in front of any context.
        /// - Parameters:
        ///   - scope: The scope that the token must have been granted completely, such as `orders:read orders:write`.
        ///   - gate: Knows the issuer, the audience and the keys.
        ///   - clock: The time to verify tokens at.
        /// - Throws: `IdentifierError` if `scope` breaks the grammar of RFC 6749 §3.3.
        public func requireScope<Keys: JWKSetSource>(
            _ scope: String, by gate: APIGuard<Keys>, clock: WallClock = .system
        ) throws(IdentifierError) -> RouterGroup<AuthorizedRequestContext<Context>> {
            let scope = try Scope(scope)
            let check = AccessTokenCheck { await gate.authorize(authorization: $0, requiring: scope, at: clock.now) }
            return GuardedRoutes(parent: self, check: check).group()
        }
    }

    private struct AccessTokenCheck: Sendable {
        let authorize: @Sendable ([String]) async -> Result<AccessTokenClaims, ProtectedResourceError>
    }

    /// Adds routes to the parent behind the check; its middleware runs behind the check too.
    private final class GuardedRoutes<Parent: RouterMethods>: RouterMethods {
        typealias Context = AuthorizedRequestContext<Parent.Context>

        let parent: Parent
        let check: AccessTokenCheck
        private var middlewares: [any MiddlewareProtocol<Request, Response, Context>] = []

        init(parent: Parent, check: AccessTokenCheck) {
            self.parent = parent
            self.check = check
        }

        @discardableResult func on<Responder: HTTPResponder>(
            _ path: RouterPath, method: HTTPRequest.Method, responder: Responder
        ) -> Self where Responder.Context == Context {
            var behind: any HTTPResponder<Context> = responder
            for middleware in middlewares.reversed() { behind = Step(middleware: middleware, next: behind) }
            parent.on(path, method: method, responder: GuardedResponder(check: check, responder: behind))
            return self
        }

        func add(middleware: any MiddlewareProtocol<Request, Response, Context>) -> Self {
            middlewares.append(middleware)
            return self
        }

        private struct Step: HTTPResponder {
            let middleware: any MiddlewareProtocol<Request, Response, Context>
            let next: any HTTPResponder<Context>

            @concurrent func respond(to request: Request, context: Context) async throws -> Response {
                try await middleware.handle(request, context: context) { try await next.respond(to: $0, context: $1) }
            }
        }
    }

    private struct GuardedResponder<Parent: RequestContext>: HTTPResponder {
        typealias Context = Parent

        let check: AccessTokenCheck
        let responder: any HTTPResponder<AuthorizedRequestContext<Parent>>

        @concurrent func respond(to request: Request, context: Parent) async throws -> Response {
            switch await check.authorize(request.headers[values: .authorization]) {
            case .success(let claims):
                return try await responder.respond(to: request, context: AuthorizedRequestContext(claims, in: context))
            case .failure(let error):
                return Response(status: .init(code: error.status), headers: HTTPFields(error.fields))
            }
        }
    }

#endif
