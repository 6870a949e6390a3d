#if Observability

    import LoginFlow
    import LoginObservability
    import Logging
    import OAuthTypes
    import SessionStore

    /// A login with log lines, metrics and traces.
    func observedLogin(
        _ settings: LoginSettings, keys: SealingKeys, transport: some HTTPTransport
    ) throws -> LoginFlow {
        var environment = LoginFlow.Environment(transport: TracedTransport(transport))
        environment.observers = [LoginTracer(), LoginLogger(Logger(label: "login")), LoginMetrics()]
        return try LoginFlow(
            settings, store: MemorySessionStore().measured(), keys: keys, environment: environment)
    }

#endif
