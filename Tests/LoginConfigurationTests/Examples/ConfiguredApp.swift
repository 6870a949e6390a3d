#if Configuration

    import Configuration
    import LoginConfiguration
    import LoginEnvironment
    import LoginFlow

    /// A login from variables, and from a file for what is not set there.
    func configuredLogin(_ file: some ConfigProvider) async throws -> ConfiguredLogin {
        let config = ConfigReader(providers: [EnvironmentVariablesProvider(), file])
        return try await ConfiguredLogin(config: config) { settings, _ in settings.routes.afterLogout = "/goodbye" }
    }

#endif
