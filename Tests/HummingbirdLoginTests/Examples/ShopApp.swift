#if Hummingbird

    import CurlTransport
    import Hummingbird
    import HummingbirdLogin

    /// An app with a login that ends on SIGTERM: the server first, then the logins in progress, then the transport.
    func shopApp(_ settings: LoginSettings, keys: SealingKeys) throws -> some ApplicationProtocol {
        let transport = try CurlTransport()
        let flow = try LoginFlow(
            settings, store: MemorySessionStore(), keys: keys, environment: LoginFlow.Environment(transport: transport))
        return Application(
            router: try accountRouter(flow), server: .boundedHTTP1(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 3000)),
            services: [LoginService(flow) { await transport.shutdown() }])
    }

#endif
