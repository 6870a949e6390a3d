public import DevAuthServer
import JOSE
public import OAuthTypes

/// An OpenID provider with one fault, for tests of the apps that log in with it.
///
///     let provider = try HostileProvider(fault: .idTokenIssuerMismatch, issuer: issuer, clients: [shop], accounts: [alice])
///     let flow = try LoginFlow(settings, store: store, keys: keys, environment: .init(transport: provider.server.transport))
///     var browser = try TestBrowser(for: flow, server: provider.server) { await app.answer($0) }
///
/// Everything but the fault is as at `DevAuthServer`: its pages, its accounts, its strictness. ``Fault`` lists the faults,
/// and for each of them what a relying party must do. It opens no sockets and takes its time from `clock`.
public struct HostileProvider: Sendable {
    /// What is wrong with it.
    public let fault: Fault
    /// The provider as apps and browsers reach it.
    public let server: DevAuthServer

    /// Creates a provider.
    /// - Parameters:
    ///   - fault: what is wrong with it.
    ///   - issuer: `http://localhost:PORT`, or another loopback URL.
    ///   - clients: the apps.
    ///   - accounts: the users.
    ///   - apiAudience: the claim `aud` of access tokens.
    ///   - clock: the source of the time.
    /// - Throws: `SettingsError`, which names every fault of the settings. It is one of them that `LOGIN_ENV` says
    ///   `production`.
    public init(
        fault: Fault, issuer: Issuer, clients: [DevClient], accounts: [DevAccount],
        apiAudience: String = "https://api.example", clock: WallClock = .system
    ) throws(SettingsError) {
        let keys = try HostileKeys.shared
        let honest = try DevAuthServer(
            issuer: issuer, clients: clients, accounts: accounts, apiAudience: apiAudience, signingKey: keys.own,
            environment: EnvironmentVariables.process["LOGIN_ENV"], clock: clock)
        let tampering = Tampering(
            fault: fault, issuer: issuer, secrets: clients.map(\.secret), keys: keys, clock: clock)
        self.fault = fault
        server = DevAuthServer(honest) { request, answer in await tampering.response(to: request, from: answer) }
    }
}
