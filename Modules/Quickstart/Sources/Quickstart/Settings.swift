import LoginFlow
import OAuthTypes
import SessionStore
import TokenExchange

/// The settings of the quickstart, read from the environment and validated together.
struct Settings {
    /// The app's registration at a provider other than the embedded one.
    struct ForeignProvider {
        let issuer: Issuer
        let clientID: ClientID
        let clientSecret: ClientSecret
    }

    enum Environment: String {
        case development, production
    }

    enum Store: Equatable {
        case memory
        case file(String)
        case sqlite(String)
    }

    /// The web app's port on 127.0.0.1. The authorization server and the API use the next two.
    let port: UInt16
    let baseURL: EndpointURL
    /// Nil means the embedded authorization server.
    let provider: ForeignProvider?
    /// Nil: chosen by what the provider lists.
    let clientAuthenticationMethod: ClientAuthenticationMethod?
    let scope: Scope?
    let rules: ProviderRules
    let audience: String?
    let caFile: String?
    let store: Store
    /// Nil means that the app generates keys.
    let keys: SealingKeys?
    let environment: Environment

    /// The error for ports that another program uses.
    var portsTaken: SettingsError {
        SettingsError(faults: [
            SettingFault(
                setting: "QUICKSTART_PORT", problem: "one of the ports \(port) to \(apiPort) is in use",
                fix: "Give another number. The next two ports are used as well.")
        ])
    }

    var authorizationServerPort: UInt16 { port + 1 }
    var apiPort: UInt16 { port + 2 }

    /// - Throws: `SettingsError`, which names every fault.
    init(_ environment: EnvironmentVariables) throws(SettingsError) {
        var reader = SettingsReader(environment)
        port = reader.port()
        let fallback = "http://localhost:\(port)"
        let base = reader.baseURL() ?? reader.url(literal: fallback)
        provider = reader.provider()
        clientAuthenticationMethod = reader.clientAuthenticationMethod()
        scope = reader.scope()
        rules = reader.providerRules(for: provider?.issuer)
        audience = reader.text("LOGIN_AUDIENCE")
        caFile = reader.readableFile("LOGIN_CA_FILE")
        store = reader.store()
        keys = reader.keys()
        self.environment = reader.environmentKind()
        reader.requireSecret(for: base, in: self.environment)
        reader.refuseDevelopment(in: self.environment, provider: provider, base: base)
        guard let base, reader.faults.isEmpty else { throw SettingsError(faults: reader.faults) }
        baseURL = base
    }
}
