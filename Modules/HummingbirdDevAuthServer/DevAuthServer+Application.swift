#if Hummingbird

    public import DevAuthServer
    public import Hummingbird
    public import HummingbirdCore
    import OAuthTypes

    extension DevAuthServer {
        /// A Hummingbird app that serves this server where its issuer says, on loopback only.
        ///
        /// ```swift
        /// try await server.application().runService()
        /// ```
        /// As an `Application` is a service, it can also run in the service group of an app under development. It speaks
        /// HTTP; an issuer that begins with `https` needs a proxy that speaks TLS in front of it.
        /// - Parameters:
        ///   - server: How connections are served, such as `.boundedHTTP1()` of HummingbirdLogin.
        ///   - whenListening: Called when the socket accepts connections.
        public func application(
            server: HTTPServerBuilder = .http1(), whenListening: @escaping @Sendable () async -> Void = {}
        ) -> Application<DevAuthServerResponder> {
            Application(
                responder: DevAuthServerResponder(self), server: server,
                configuration: ApplicationConfiguration(
                    address: .hostname(loopbackAddress, port: Int(issuer.origin.port)), serverName: "dev-auth-server"),
                onServerRunning: { _ in await whenListening() })
        }

        // Not the name: what it resolves to is not for a hosts file to decide.
        private var loopbackAddress: String {
            switch issuer.origin.host {
            case "[::1]", "::1": "::1"
            case let host where host.hasPrefix("127."): host
            default: "127.0.0.1"
            }
        }
    }

#endif
