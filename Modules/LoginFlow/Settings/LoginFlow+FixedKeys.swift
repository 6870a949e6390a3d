public import OAuthTypes
public import SessionStore

extension LoginFlow {
    /// Creates a flow whose keys stay the same until the process ends.
    /// - Parameters:
    ///   - settings: the app and how it logs users in.
    ///   - store: where sessions are stored.
    ///   - keys: seal sessions and pending logins; the same for every process that shares the store.
    ///   - environment: the dependencies of the flow.
    /// - Throws: `SettingsError` with every fault.
    public convenience init(
        _ settings: LoginSettings, store: some SessionStore, keys: SealingKeys, environment: Environment
    ) throws(SettingsError) {
        try self.init(settings, store: store, ring: SealingKeyRing(keys), environment: environment)
    }

    /// Creates a flow whose sessions live in the browser's cookies, and whose keys stay the same until the process
    /// ends.
    /// - Parameters:
    ///   - settings: the app and how it logs users in. The scope must not contain `offline_access`.
    ///   - sessions: how large a session may be, and from when on sessions count.
    ///   - keys: seal sessions and pending logins; the same for every process.
    ///   - environment: the dependencies of the flow.
    /// - Throws: `SettingsError` with every fault.
    public convenience init(
        _ settings: LoginSettings, cookies sessions: CookieSessions, keys: SealingKeys, environment: Environment
    ) throws(SettingsError) {
        try self.init(settings, cookies: sessions, ring: SealingKeyRing(keys), environment: environment)
    }
}
