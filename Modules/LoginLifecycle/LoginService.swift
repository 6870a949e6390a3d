#if Lifecycle

    public import LoginFlow
    public import ServiceLifecycle

    /// Runs the flow's maintenance work as a service, and ends with the app.
    ///
    /// ```swift
    /// let transport = try CurlTransport()
    /// let login = LoginService(flow) { await transport.shutdown() }
    /// let group = ServiceGroup(
    ///     services: [login, server], gracefulShutdownSignals: [.sigterm], logger: logger)
    /// try await group.run()
    /// ```
    /// On a graceful shutdown, such as by SIGTERM, services stop in reverse order. List this one before the server, so that
    /// the server stops first. Then this service waits until the logins and refreshes in progress have finished, and calls
    /// `finally`.
    public struct LoginService: Service {
        private let flow: LoginFlow
        private let finally: @Sendable () async -> Void

        /// Creates the service of a flow.
        /// - Parameters:
        ///   - flow: The flow to run.
        ///   - finally: Called once, when the flow no longer needs its transport and its store. Close them here.
        public init(_ flow: LoginFlow, finally: @escaping @Sendable () async -> Void = {}) {
            self.flow = flow
            self.finally = finally
        }

        /// Runs until graceful shutdown or cancellation, and until nothing of the flow is in progress any more.
        public func run() async {
            await cancelWhenGracefulShutdown { await flow.run() }
            await finally()
        }
    }

#endif
