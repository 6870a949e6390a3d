import CurlTransport
public import LoginFlow
public import OAuthTypes
public import SessionStore

/// A login whose settings come from the environment: settings, session store, keys, transport and the flow made of them.
///
///     let login = ConfiguredLogin.orExit { settings, environment in
///         settings.routes.afterLogout = "/goodbye"
///         environment.observers = [FailureLog()]
///     }
///     try router.addLogin(login.flow)
///
/// ``orExit(variables:store:configure:wrapStore:)`` is for the start of a program; the initializers throw.
/// `Docs/Guides/Configuring.md` lists the variables. Call ``shutdown()`` when the flow has finished its work.
public struct ConfiguredLogin: Sendable {
    /// Changes what was read, before anything is checked.
    public typealias Changes = (inout LoginSettings, inout LoginFlow.Environment) throws -> Void

    /// Puts something around a session store and returns the result.
    public typealias StoreWrapper = (any SessionStore) -> any SessionStore

    /// The flow.
    public let flow: LoginFlow
    /// The settings of the flow.
    public let settings: LoginSettings
    /// Where sessions are stored.
    public let store: any SessionStore
    /// The keys that seal sessions. They can be replaced while the flow runs.
    public let keys: SealingKeyRing
    /// What requests to the provider go through, for other uses such as an API's guard.
    public let transport: any HTTPTransport
    /// What deserves a look although the login works: variables `LOGIN_…` that no login reads, and a key that was made up for
    /// development. ``orExit(variables:store:configure:wrapStore:)`` writes them to standard error.
    public let warnings: [SettingFault]
    private let curl: CurlTransport?

    /// Creates the login that the variables describe.
    ///
    /// Nothing is fetched. If there is no fault, a session store that does not exist is created; its events reach the
    /// observers as `store.…`.
    /// - Parameters:
    ///   - variables: the environment; that of the process by default.
    ///   - store: a session store of the app's own, instead of that of `LOGIN_SESSION_STORE`.
    ///   - configure: changes settings and dependencies of the flow before they are checked, such as its routes and
    ///     observers. With `LOGIN_ENV=production`, `http` stays refused whatever it does. It is not called if a required
    ///     variable is missing or faulty.
    ///   - wrapStore: puts something around the store, such as `{ $0.measured() }` of LoginObservability.
    /// - Throws: `SettingsError` with every fault of all variables, none of which shows a secret; else what `configure`
    ///   throws.
    public init(
        variables: EnvironmentVariables = .process, store: (any SessionStore)? = nil,
        configure: Changes = { _, _ in }, wrapStore: StoreWrapper = { $0 }
    ) throws {
        try self.init(SettingTexts(variables), store: store, configure: configure, wrapStore: wrapStore)
    }

    package init(
        _ texts: SettingTexts, store own: (any SessionStore)?, configure: Changes, wrapStore: StoreWrapper
    ) throws {
        var parts = LoginParts(texts)
        try parts.change(by: configure)
        let given = parts.examineStorage(own)
        let opened = parts.store(own)
        let ring = SealingKeyRing(parts.keys(given, for: own))
        guard let settings = parts.settings, parts.reader.faults.isEmpty else {
            throw SettingsError(faults: parts.reader.faults)
        }
        let store = wrapStore(opened)
        self.settings = settings
        self.store = store
        keys = ring
        transport = parts.environment.transport
        curl = parts.transport
        warnings = parts.warnings
        flow = try LoginFlow(settings, store: store, ring: ring, environment: parts.environment)
    }

    /// Closes the connections to the provider. Call it after the server and the flow have ended, as in
    /// `LoginService(login.flow) { await login.shutdown() }`.
    public func shutdown() async { await curl?.shutdown() }
}
