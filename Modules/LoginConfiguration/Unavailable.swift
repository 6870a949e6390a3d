#if !Configuration

    public import LoginEnvironment
    import LoginFlow
    import OAuthTypes
    import SessionStore

    // Present only while the trait `Configuration` is off. Turn it on where your package depends on this one:
    // `.package(url: "…/swift-login-flow", from: "…", traits: ["Configuration"])`.

    extension ConfiguredLogin {
        /// Present only while the trait `Configuration` is off.
        @available(
            *, unavailable, message: "turn on the trait Configuration: .package(url: …, traits: [\"Configuration\"])"
        )
        public init(config: some Sendable) async throws {
            throw SettingsError(faults: [
                SettingFault(
                    setting: "traits", problem: "Configuration is off", fix: "Turn it on where the package is named.")
            ])
        }
    }

#endif
