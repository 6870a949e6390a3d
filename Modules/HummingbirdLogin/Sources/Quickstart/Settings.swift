import LoginFlow
import OAuthTypes
import SessionStore

/// What the environment says, read once and judged as a whole.
struct Settings {
    /// The app's registration at a provider that somebody else runs.
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

    /// The web app's port on 127.0.0.1; authorization server and API follow.
    let port: UInt16
    let baseURL: EndpointURL
    /// Nil: the embedded authorization server.
    let provider: ForeignProvider?
    let secretPlacement: LoginSettings.SecretPlacement
    let scope: Scope?
    let rules: ProviderRules
    let audience: String?
    let caFile: String?
    let store: Store
    /// Nil: make some.
    let keys: SealingKeys?
    let environment: Environment

    /// For when another program listens where a server should.
    var portsTaken: LoginSettingsError {
        LoginSettingsError(faults: [
            SettingFault(
                setting: "QUICKSTART_PORT", problem: "one of the ports \(port) to \(apiPort) is taken",
                fix: "Give another number; the two ports behind it are used as well.")
        ])
    }

    var authorizationServerPort: UInt16 { port + 1 }
    var apiPort: UInt16 { port + 2 }

    /// - Throws: `LoginSettingsError` with every fault at once.
    init(_ environment: [String: String]) throws(LoginSettingsError) {
        var reader = SettingsReader(environment)
        port = reader.port()
        let fallback = "http://localhost:\(port)"
        let base = reader.baseURL() ?? reader.url(literal: fallback)
        provider = reader.provider()
        secretPlacement = reader.secretPlacement()
        scope = reader.scope()
        rules = reader.providerRules(for: provider?.issuer)
        audience = reader.text("LOGIN_AUDIENCE")
        caFile = reader.readableFile("LOGIN_CA_FILE")
        store = reader.store()
        keys = reader.keys()
        self.environment = reader.surroundings()
        reader.requireSecret(for: base, in: self.environment)
        reader.refuseDevelopment(in: self.environment, provider: provider, base: base)
        guard let base, reader.faults.isEmpty else { throw LoginSettingsError(faults: reader.faults) }
        baseURL = base
    }
}
