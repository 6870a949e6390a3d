#if Configuration

    import Configuration
    import LoginConfiguration
    import LoginEnvironment
    import LoginFlow
    import OAuthTypes
    import SessionStore
    import Synchronization
    import Testing

    struct ConfiguredLoginTests {
        private static let secret = "canary-of-the-client-secret-32-octets"
        private static let sessionSecret = String(repeating: "a5", count: 32)

        private static func values(
            _ changes: [AbsoluteConfigKey: ConfigValue] = [:]
        ) -> [AbsoluteConfigKey: ConfigValue] {
            [
                "login.issuer": "https://login.example/", "login.client.id": "web",
                "login.client.secret": ConfigValue(.string(secret), isSecret: true),
                "login.baseURL": "https://app.example",
                "login.session.secret": ConfigValue(.string(sessionSecret), isSecret: true), "login.env": "production",
            ].merging(changes) { $1 }
        }

        private static func config(_ changes: [AbsoluteConfigKey: ConfigValue] = [:]) -> ConfigReader {
            ConfigReader(provider: InMemoryProvider(values: values(changes)))
        }

        @Test func makesALoginOfAConfiguration() async throws {
            let login = try await ConfiguredLogin(config: Self.config(["login.scope": "openid email"])) { settings, _ in
                settings.routes.afterLogout = "/goodbye"
            }
            #expect(login.settings.issuer.text == "https://login.example/")
            #expect(login.settings.clientCredential.clientSecret?.exposedText == Self.secret)
            #expect(login.settings.scope?.contains("email") == true)
            #expect(login.settings.routes.afterLogout == "/goodbye")
            #expect(login.store is MemorySessionStore)
            await login.shutdown()
        }

        // The names that EnvironmentVariablesProvider makes of the keys are the documented ones.
        @Test(arguments: LoginVariable.allCases)
        func theEnvironmentProviderFindsEachKeyUnderTheNameOfItsVariable(_ variable: LoginVariable) async throws {
            let provider = EnvironmentVariablesProvider(environmentVariables: [variable.rawValue: "x"])
            let found = try await ConfigReader(provider: provider).fetchString(forKey: ConfigKey(variable.key))
            #expect(found == "x")
        }

        @Test func variablesAndConfigurationGiveTheSameSettings() async throws {
            let variables = [
                "LOGIN_ISSUER": "https://login.example/", "LOGIN_CLIENT_ID": "web", "LOGIN_CLIENT_SECRET": Self.secret,
                "LOGIN_BASE_URL": "https://app.example", "LOGIN_SCOPE": "openid orders:read",
                "LOGIN_ID_TOKEN_ALG": "ES256,RS256", "LOGIN_PROMPT": "login", "LOGIN_AUDIENCE": "https://api.example",
                "LOGIN_TRUSTED_AUDIENCES": "a,b", "LOGIN_DEVIATIONS": "sha256-eddsa-hash",
                "LOGIN_METADATA_URL": "https://login.example/metadata", "LOGIN_OFFLINE_ACCESS": "never",
                "LOGIN_CLIENT_AUTH": "client_secret_post",
            ]
            let one = try LoginSettings(variables: EnvironmentVariables(variables))
            let provider = EnvironmentVariablesProvider(environmentVariables: variables)
            let other = try await LoginSettings(config: ConfigReader(provider: provider))
            #expect(one.issuer == other.issuer && one.clientID == other.clientID && one.baseURL == other.baseURL)
            #expect(one.clientCredential.clientSecret?.exposedText == other.clientCredential.clientSecret?.exposedText)
            #expect(
                one.scope?.description == other.scope?.description && one.audience == other.audience
                    && one.prompt == other.prompt)
            #expect(one.idTokenAlgorithms == other.idTokenAlgorithms && one.deviations == other.deviations)
            #expect(one.offlineAccess == other.offlineAccess && one.plaintext == other.plaintext)
            #expect(one.clientCredential.methodName == other.clientCredential.methodName)
            guard case .document(let address, _) = other.provider else {
                Issue.record("the metadata's address was not read")
                return
            }
            #expect(address.text == "https://login.example/metadata")
        }

        @Test func faultsNameKeysAndNoSecret() async throws {
            let provider = InMemoryProvider(values: [
                "login.issuer": "http://login.example", "login.client.secret": "canary-client",
                "login.session.secret": "canary-session", "login.deviations": "x", "login.env": "prod",
                "login.baseURL": "https://app.example",
            ])
            let error = await #expect(throws: SettingsError.self) {
                try await ConfiguredLogin(config: ConfigReader(provider: provider))
            }
            #expect(
                error?.faults.map(\.setting).sorted() == [
                    "login.client.id", "login.deviations", "login.env", "login.issuer", "login.session.secret",
                ])
            #expect(error?.description.contains("canary") == false)
        }

        @Test func faultsOfProductionNameTheKey() async {
            let error = await #expect(throws: SettingsError.self) {
                try await ConfiguredLogin(config: Self.config(["login.baseURL": "http://localhost:3000"]))
            }
            #expect(error?.faults.map(\.setting) == ["login.baseURL"])
            #expect(error?.faults.first?.problem == "it is http, and login.env says production")
        }

        // `string(forKey:)` gives nil for both.
        @Test(
            arguments: [
                ("login.client.id", ConfigValue(.int(12345), isSecret: false), "Give a text."),
                ("login.client.secret", ConfigValue(.int(12345), isSecret: true), "Give a text."),
                ("login.scope", ConfigValue(.bool(true), isSecret: false), "Give a text or a list of texts."),
                ("login.sessions", "x", nil),
            ] as [(String, ConfigValue, String?)])
        func tellsAValueOfAnotherTypeFromAMissingOne(_ key: String, value: ConfigValue, fix: String?) async throws {
            let reader = Self.config([AbsoluteConfigKey(ConfigKey(key)): value])
            guard let fix else {
                _ = try await ConfiguredLogin(config: reader)
                return
            }
            let error = await #expect(throws: SettingsError.self) { try await ConfiguredLogin(config: reader) }
            #expect(error?.faults.map(\.setting) == [key])
            #expect(error?.faults.first?.problem.hasPrefix("it cannot be read") == true)
            #expect(error?.faults.first?.fix == fix)
            #expect(error?.description.contains("12345") == false)
        }

        @Test func readsListsAsTheyAre() async throws {
            let login = try await ConfiguredLogin(
                config: Self.config([
                    "login.scope": ConfigValue(.stringArray(["openid", "email"]), isSecret: false),
                    "login.trustedAudiences": ConfigValue(.stringArray(["a", "b"]), isSecret: false),
                    "login.session.secret": ConfigValue(
                        .stringArray([Self.sessionSecret, String(repeating: "b6", count: 32)]), isSecret: true),
                ]))
            #expect(login.settings.scope?.contains("email") == true)
            #expect(login.settings.deviations == [.trustedAudiences(["a", "b"])])
        }

        @Test(arguments: ["a,b", "a b"])
        func neverMakesTwoValuesOfOne(_ audience: String) async {
            let error = await #expect(throws: SettingsError.self) {
                try await ConfiguredLogin(
                    config: Self.config([
                        "login.trustedAudiences": ConfigValue(.stringArray([audience]), isSecret: false)
                    ]))
            }
            #expect(error?.faults.map(\.setting) == ["login.trustedAudiences"])
        }

        @Test func theFirstProviderCountsEvenWithAnEmptyValue() async throws {
            let file = InMemoryProvider(values: Self.values(["login.client.id": "of-the-file"]))
            func login(_ variables: [String: String]) async throws -> ConfiguredLogin {
                let first = EnvironmentVariablesProvider(environmentVariables: variables)
                return try await ConfiguredLogin(config: ConfigReader(providers: [first, file]))
            }
            #expect(try await login([:]).settings.clientID.text == "of-the-file")
            #expect(try await login(["LOGIN_CLIENT_ID": "set"]).settings.clientID.text == "set")
            let error = await #expect(throws: SettingsError.self) { try await login(["LOGIN_CLIENT_ID": ""]) }
            #expect(error?.faults.map(\.setting) == ["login.client.id"])
        }

        @Test func accessReportersSeeNoSecret() async throws {
            let reporter = Reporter()
            // As a plain variable, which knows nothing of secrets.
            let provider = EnvironmentVariablesProvider(environmentVariables: [
                "LOGIN_ISSUER": "https://login.example", "LOGIN_CLIENT_ID": "web", "LOGIN_CLIENT_SECRET": Self.secret,
                "LOGIN_BASE_URL": "https://app.example", "LOGIN_SESSION_SECRET": Self.sessionSecret,
            ])
            _ = try await ConfiguredLogin(config: ConfigReader(provider: provider, accessReporter: reporter))
            let told = reporter.told
            #expect(told.contains { $0.contains("login.issuer") && $0.contains("https://login.example") })
            #expect(told.contains { $0.contains("login.client.secret") })
            #expect(!told.contains { $0.contains(Self.secret) || $0.contains(Self.sessionSecret) })
        }
    }

    private final class Reporter: AccessReporter {
        private let kept = Mutex<[String]>([])

        var told: [String] { kept.withLock { $0 } }

        func report(_ event: AccessEvent) { kept.withLock { $0.append("\(event)") } }
    }

#endif
