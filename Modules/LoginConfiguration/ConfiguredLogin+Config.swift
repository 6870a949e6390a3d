#if Configuration

    public import Configuration
    public import LoginEnvironment
    public import LoginFlow
    public import OAuthTypes
    public import SessionStore

    extension ConfiguredLogin {
        /// Creates the login that a configuration describes, by the keys `login.issuer`, `login.client.id` and so on.
        ///
        ///     let file = try await FileProvider<JSONSnapshot>(filePath: "app.json")
        ///     let config = ConfigReader(providers: [EnvironmentVariablesProvider(), file])
        ///     let login = try await ConfiguredLogin(config: config)
        ///
        /// Everything else is as with variables. Secrets are read as such, so access reporters do not show them.
        /// - Parameters:
        ///   - config: where the keys are read; each once.
        ///   - store: a session store of the app's own, instead of that of `login.session.store`.
        ///   - configure: changes settings and dependencies of the flow before they are checked.
        ///   - wrapStore: puts something around the store.
        /// - Throws: `SettingsError` with every fault of all keys, none of which shows a secret; else what `configure`
        ///   throws.
        public init(
            config: ConfigReader, store: (any SessionStore)? = nil, configure: Changes = { _, _ in },
            wrapStore: StoreWrapper = { $0 }
        ) async throws {
            let texts = await SettingTexts(config)
            try self.init(texts, store: store, configure: configure, wrapStore: wrapStore)
        }

        /// Creates the login that a configuration describes; or tells what is wrong and ends the process, as
        /// `ConfiguredLogin.orExit()` does with variables.
        public static func orExit(
            config: ConfigReader, store: (any SessionStore)? = nil, configure: Changes = { _, _ in },
            wrapStore: StoreWrapper = { $0 }
        ) async -> ConfiguredLogin {
            let texts = await SettingTexts(config)
            return started(
                Result { try ConfiguredLogin(texts, store: store, configure: configure, wrapStore: wrapStore) })
        }
    }

    extension LoginSettings {
        /// Reads the settings of a flow that you put together yourself, such as one with sessions in cookies.
        ///
        /// `login.caFile`, `login.session.store` and `login.session.secret` are for `ConfiguredLogin`, and no fault of theirs
        /// is told.
        /// - Throws: `SettingsError` with every fault, none of which shows a secret.
        public init(config: ConfigReader) async throws(SettingsError) {
            try self.init(await SettingTexts(config))
        }
    }

#endif
