#if Hummingbird

    public import OAuthTypes
    import HTTPTypes
    public import Hummingbird
    public import LoginFlow

    extension Router where Context: LoginRequestContext {
        /// Adds a login to the app: it answers the paths of the flow, and routes added after it get the session.
        ///
        /// ```swift
        /// let router = Router(context: BasicLoginRequestContext.self)
        /// try router.addLogin(flow)
        /// router.get("/") { _, context in "Hello, \(context.loginSession?.subject.text ?? "guest")" }
        /// router.group("account").requireLogin().get { _, context in "Hello, \(context.session.subject.text)" }
        /// ```
        /// A route that is added later at a path of the flow stops the program: Hummingbird refuses a second handler.
        /// - Parameters:
        ///   - flow: The flow that answers.
        ///   - paths: Paths that need a logged-in user, with everything below them: `/account` protects `/account/orders`
        ///     and not `/accounting`.
        ///   - earlier: The paths of routes that were added before on purpose and get no session, such as a health check.
        ///   - client: The client that a request comes from, so that one client cannot use up what all of them share. If
        ///     the context knows the peer, return `ClientAddress(peer:fields:proxies:)`.
        /// - Throws: `SettingsError` with everything that keeps the login from working like this.
        @discardableResult
        public func addLogin(
            _ flow: LoginFlow, requiringLoginBelow paths: [String] = [], leavingOut earlier: [RouterPath] = [],
            tellingClientsBy client: @escaping @Sendable (Request, Context) -> ClientAddress? = { _, _ in nil }
        ) throws(SettingsError) -> Self {
            try add(
                LoginMiddleware(flow, requiringLoginBelow: paths, tellingClientsBy: client), leavingOut: earlier)
        }

        /// Adds a login to the app whose paths require different things of it.
        ///
        /// ```swift
        /// try router.addLogin(flow, requiring: { $0.hasPrefix("/payments/") ? .login(maxAge: .seconds(300)) : .none })
        /// ```
        /// - Parameters:
        ///   - flow: The flow that answers.
        ///   - requirement: What a path requires. The path is spelled as the router matches it: `//a/` is `/a`, and nothing is
        ///     decoded. If the router ignores case, compare without case.
        ///   - earlier: The paths of routes that were added before on purpose and get no session, such as a health check.
        ///   - client: The client that a request comes from, so that one client cannot use up what all of them share.
        /// - Throws: `SettingsError` with everything that keeps the login from working like this.
        @discardableResult
        public func addLogin(
            _ flow: LoginFlow, requiring requirement: @escaping @Sendable (String) -> Requirement,
            leavingOut earlier: [RouterPath] = [],
            tellingClientsBy client: @escaping @Sendable (Request, Context) -> ClientAddress? = { _, _ in nil }
        ) throws(SettingsError) -> Self {
            try add(
                LoginMiddleware(flow, tellingClientsBy: client, requiring: requirement), leavingOut: earlier)
        }

        private func add(
            _ login: LoginMiddleware<Context>, leavingOut earlier: [RouterPath]
        ) throws(SettingsError) -> Self {
            let owned = login.flow.ownedPaths.map { RouterPath(stringLiteral: $0) }
            let faults = mountingFaults(of: login.flow, at: owned, leavingOut: earlier)
            guard faults.isEmpty else { throw SettingsError(faults: faults) }
            add(middleware: login)
            for path in owned where path.isLiteral { reserve(path) }
            return self
        }

        private func mountingFaults(
            of flow: LoginFlow, at owned: [RouterPath], leavingOut earlier: [RouterPath]
        ) -> [SettingFault] {
            if let other = login?.flow { return SettingFault.secondLogin(flow, beside: other) }
            let hidden = routes.filter { owned.contains($0.path) }
            let early = routes.filter { !owned.contains($0.path) && !earlier.contains($0.path) }
            return [
                hidden.isEmpty ? nil : .hiddenRoutes(hidden.map(\.description)),
                early.isEmpty ? nil : .routesBeforeLogin(early.map(\.description)),
            ].compactMap(\.self)
        }

        // The middleware answers before these routes do. They give metrics and traces a path, and a route of the app at the
        // same place is refused instead of never being reached.
        private func reserve(_ path: RouterPath) {
            for method in [HTTPRequest.Method.get, .head, .post] {
                on(path, method: method) { _, _ in Response(status: .notFound) }
            }
        }

        // Hummingbird lists the routes of a router but not its middleware. Should it keep them elsewhere one day, a second
        // login is no longer noticed, and nothing else changes.
        private var login: LoginMiddleware<Context>? {
            let kept = Mirror(reflecting: middlewares).children.flatMap { Mirror(reflecting: $0.value).children }
            return kept.lazy.compactMap { $0.value as? LoginMiddleware<Context> }.first
        }
    }

    extension RouterPath {
        fileprivate var isLiteral: Bool { !description.contains { ":*{}".contains($0) } }
    }

#endif
