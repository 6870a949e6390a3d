import LoginEnvironment
import LoginFlow
import OAuthTypes

/// What the quickstart was started with: its ports, and the login that the variables describe.
struct Settings {
    private static let provider = ["LOGIN_ISSUER", "LOGIN_CLIENT_ID", "LOGIN_CLIENT_SECRET"]

    /// The web app's port on 127.0.0.1. The authorization server and the API use the next two.
    let port: UInt16
    let login: ConfiguredLogin
    /// Nil: the variables name another provider.
    let embedded: EmbeddedProvider?

    var baseURL: EndpointURL { login.settings.baseURL }
    var authorizationServerPort: UInt16 { port + 1 }
    var apiPort: UInt16 { port + 2 }

    /// Reads the variables. Those of the embedded authorization server are added if none names another provider.
    /// - Throws: `SettingsError`, which names every fault.
    init(_ variables: EnvironmentVariables, observers: [any FlowObserver]) throws {
        let port = Settings.port(variables)
        self.port = port ?? 3000
        let isEmbedded = Settings.provider.allSatisfy { variables[$0] == nil } && !Settings.isProduction(variables)
        var completed = variables
        if isEmbedded { EmbeddedProvider.complete(&completed, port: self.port + 1, random: .system) }
        completed["LOGIN_BASE_URL"] = completed["LOGIN_BASE_URL"] ?? "http://localhost:\(self.port)"
        var faults = port == nil ? [Settings.portFault(variables)] : []
        do {
            login = try ConfiguredLogin(variables: completed) { _, environment in
                environment.observers = observers
                environment.pages = FlowPages.pages
            }
            guard faults.isEmpty else { throw SettingsError(faults: []) }
        } catch let error as SettingsError {
            faults += Settings.reworded(error.faults, variables)
            throw SettingsError(faults: faults)
        }
        embedded = isEmbedded ? try EmbeddedProvider(for: login.settings, random: .system) : nil
    }

    /// The error for ports that another program uses.
    var portsTaken: SettingsError {
        SettingsError(faults: [
            SettingFault(
                setting: "QUICKSTART_PORT", problem: "one of the ports \(port) to \(apiPort) is in use",
                fix: "Give another number. The next two ports are used as well.")
        ])
    }

    private static func isProduction(_ variables: EnvironmentVariables) -> Bool {
        variables["LOGIN_ENV"]?.lowercased() == "production"
    }

    /// Nil for a port that cannot be used.
    private static func port(_ variables: EnvironmentVariables) -> UInt16? {
        guard let text = variables["QUICKSTART_PORT"] else { return 3000 }
        return UInt16(text).flatMap { (1...65533).contains($0) ? $0 : nil }
    }

    private static func portFault(_ variables: EnvironmentVariables) -> SettingFault {
        SettingFault(
            setting: "QUICKSTART_PORT",
            problem: "'\(variables["QUICKSTART_PORT"] ?? "")' is not a port number that leaves room for two more",
            fix: "Use a number from 1 to 65533.")
    }

    /// The faults as they are for an app that brings an authorization server along.
    private static func reworded(_ faults: [SettingFault], _ variables: EnvironmentVariables) -> [SettingFault] {
        let missing = provider.filter { variables[$0] == nil }
        let others = faults.filter { !missing.contains($0.setting) }
        guard missing.count < provider.count else {
            guard isProduction(variables) else { return faults }
            let fault = SettingFault(
                setting: "LOGIN_ENV",
                problem: "it says production, and the embedded authorization server does not run in production",
                fix: "Set LOGIN_ISSUER, LOGIN_CLIENT_ID and LOGIN_CLIENT_SECRET.")
            return others + [fault]
        }
        // A client without a secret has no fault there.
        let partial = missing.filter { name in faults.contains { $0.setting == name } }.map { name in
            SettingFault(
                setting: name, problem: "it is not set, though others of \(provider.joined(separator: ", ")) are",
                fix: "Set all three to use your provider, or none to use the embedded authorization server.")
        }
        return partial + others
    }
}
