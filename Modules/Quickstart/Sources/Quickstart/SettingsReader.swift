import LoginFlow
import OAuthTypes
import SessionStore
import TokenExchange

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads settings from the environment and collects their faults.
struct SettingsReader {
    private let environment: EnvironmentVariables
    private(set) var faults: [SettingFault] = []

    init(_ environment: EnvironmentVariables) { self.environment = environment }

    /// The value of a variable; an empty value counts as unset.
    func text(_ name: String) -> String? {
        environment[name]
    }

    mutating func port() -> UInt16 {
        guard let text = text("QUICKSTART_PORT") else { return 3000 }
        guard let port = UInt16(text), (1...65533).contains(port) else {
            note(
                "QUICKSTART_PORT", problem: "'\(text)' is not a port number that leaves room for two more",
                fix: "Use a number from 1 to 65533.")
            return 3000
        }
        return port
    }

    mutating func url(_ name: String) -> EndpointURL? {
        guard let text = text(name) else { return nil }
        do { return try EndpointURL(text, allowing: .loopback) } catch {
            note(
                name, problem: error.description,
                fix: "Give the app's address as browsers see it, such as https://app.example.")
            return nil
        }
    }

    /// The app's origin. The paths belong to the flow.
    mutating func baseURL() -> EndpointURL? {
        guard let url = url("LOGIN_BASE_URL") else { return nil }
        guard url.query == nil, url.path.isEmpty || url.path == "/" else {
            note(
                "LOGIN_BASE_URL", problem: "it has a path or a query",
                fix: "Give the origin alone, such as https://app.example.")
            return nil
        }
        return url
    }

    mutating func url(literal text: String) -> EndpointURL? {
        if environment["LOGIN_BASE_URL"] != nil { return nil }
        return try? EndpointURL(text, allowing: .loopback)
    }

    mutating func provider() -> Settings.ForeignProvider? {
        let names = ["LOGIN_ISSUER", "LOGIN_CLIENT_ID", "LOGIN_CLIENT_SECRET"]
        let missing = names.filter { text($0) == nil }
        guard missing.count < names.count else { return nil }
        for name in missing {
            note(
                name, problem: "it is not set, though others of \(names.joined(separator: ", ")) are",
                fix: "Set all three to use your provider, or none to use the embedded authorization server.")
        }
        guard let issuer = issuer(), let clientID = clientID(), let secret = text("LOGIN_CLIENT_SECRET") else {
            return nil
        }
        return Settings.ForeignProvider(issuer: issuer, clientID: clientID, clientSecret: ClientSecret(secret))
    }

    mutating func clientAuthenticationMethod() -> ClientAuthenticationMethod? {
        guard let name = text("LOGIN_CLIENT_AUTH"), name != "automatic" else { return nil }
        guard let method = ClientAuthenticationMethod(rawValue: name) else {
            note(
                "LOGIN_CLIENT_AUTH", problem: "'\(name)' is not known",
                fix: "Use client_secret_basic or client_secret_post.")
            return nil
        }
        return method
    }

    mutating func scope() -> Scope? {
        guard let text = text("LOGIN_SCOPE") else { return nil }
        guard let scope = try? Scope(text), scope.contains("openid") else {
            note(
                "LOGIN_SCOPE", problem: "it is not a list of scope values that contains openid",
                fix: "Separate the values with spaces, for example: openid profile email.")
            return nil
        }
        return scope
    }

    mutating func readableFile(_ name: String) -> String? {
        guard let path = text(name) else { return nil }
        guard unsafe access(path, R_OK) == 0 else {
            note(
                name, problem: "the file cannot be read", fix: "Give the path of a PEM file with trusted certificates.")
            return nil
        }
        return path
    }

    mutating func store() -> Settings.Store {
        guard let text = text("LOGIN_SESSION_STORE"), text != "memory" else { return .memory }
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("file", 2): return .file(parts[1])
        case ("sqlite", 2): return .sqlite(parts[1])
        default:
            note(
                "LOGIN_SESSION_STORE", problem: "'\(text)' is not known",
                fix: "Use memory, file:DIRECTORY or sqlite:FILE.")
            return .memory
        }
    }

    mutating func keys() -> SealingKeys? {
        guard let text = text("LOGIN_SESSION_SECRET") else { return nil }
        do { return try SealingKeys(parsing: text) } catch {
            note(
                "LOGIN_SESSION_SECRET",
                problem: "it is not a list of secrets, each of at least 32 octets in base64url or hex",
                fix: "Generate one with: openssl rand -hex 32. Separate several with commas, the newest first.")
            return nil
        }
    }

    mutating func requireSecret(for base: EndpointURL?, in environment: Settings.Environment) {
        guard text("LOGIN_SESSION_SECRET") == nil, let base else { return }
        guard environment == .production || !base.origin.isLoopback else { return }
        note(
            "LOGIN_SESSION_SECRET", problem: "it is not set, and this is not a development app on loopback",
            fix: "Generate one with: openssl rand -hex 32.")
    }

    mutating func environmentKind() -> Settings.Environment {
        guard let text = text("LOGIN_ENV") else { return .development }
        guard let environment = Settings.Environment(rawValue: text.lowercased()) else {
            note("LOGIN_ENV", problem: "'\(text)' is not known", fix: "Use development or production.")
            return .development
        }
        return environment
    }

    mutating func refuseDevelopment(
        in environment: Settings.Environment, provider: Settings.ForeignProvider?, base: EndpointURL?
    ) {
        guard environment == .production else { return }
        if let provider, provider.issuer.origin.scheme == "http" {
            note("LOGIN_ISSUER", problem: "it is http, and LOGIN_ENV says production", fix: "Use https.")
        }
        if provider == nil, ["LOGIN_ISSUER", "LOGIN_CLIENT_ID", "LOGIN_CLIENT_SECRET"].allSatisfy({ text($0) == nil }) {
            note(
                "LOGIN_ENV",
                problem: "it says production, and the embedded authorization server does not run in production",
                fix: "Set LOGIN_ISSUER, LOGIN_CLIENT_ID and LOGIN_CLIENT_SECRET.")
        }
        if let base, base.origin.scheme == "http" {
            note("LOGIN_BASE_URL", problem: "it is http, and LOGIN_ENV says production", fix: "Use https.")
        }
    }

    private mutating func issuer() -> Issuer? {
        guard let text = text("LOGIN_ISSUER") else { return nil }
        do { return try Issuer(text, allowing: .loopback) } catch {
            note(
                "LOGIN_ISSUER", problem: error.description,
                fix: "Give the issuer exactly as the provider spells it, with or without a trailing slash.")
            return nil
        }
    }

    private mutating func clientID() -> ClientID? {
        guard let text = text("LOGIN_CLIENT_ID") else { return nil }
        do { return try ClientID(text) } catch {
            note(
                "LOGIN_CLIENT_ID", problem: error.description,
                fix: "Copy the client ID of the app's registration at the provider.")
            return nil
        }
    }

    mutating func note(_ setting: String, problem: String, fix: String) {
        faults.append(SettingFault(setting: setting, problem: problem, fix: fix))
    }
}
