import JOSE
import LoginFlow
import OAuthTypes
import TokenExchange

/// The settings to examine: from options, else from the environment. The client secret is not among them.
struct DoctorSettings: Sendable {
    let issuer: Issuer
    let clientID: ClientID
    let baseURL: EndpointURL
    let metadataURL: EndpointURL?
    let scope: Scope?
    let audience: String?
    let algorithms: SignatureAlgorithms?
    let authenticationMethod: ClientAuthenticationMethod?
    let routes: LoginRoutes
    let cookieSessions: Int?
    let caFile: String?
    let environment: EnvironmentVariables

    init(_ options: DoctorCommand, environment: EnvironmentVariables) throws(UsageError) {
        let given = Given(environment: environment)
        issuer = try given.issuer(options.issuer)
        clientID = try given.clientID(options.clientID)
        baseURL = try given.baseURL(options.baseURL)
        metadataURL = try given.metadataURL(options.metadataURL)
        scope = try given.scope(options.scope)
        audience = given.text("LOGIN_AUDIENCE")
        algorithms = try given.algorithms()
        authenticationMethod = try given.authenticationMethod()
        routes = LoginRoutes(callback: options.callback)
        guard (1...5).contains(options.cookieSessions ?? 1) else {
            throw UsageError("--cookie-sessions", fix: "use 1 to 5")
        }
        cookieSessions = options.cookieSessions
        caFile = options.caFile ?? given.text("LOGIN_CA_FILE")
        self.environment = environment
    }

    /// Whether the provider may use `http` on loopback: only where the app does, in development.
    var plaintext: PlaintextHTTP { baseURL.origin.scheme == "http" ? .loopback : .refused }

    /// The value of a variable; an empty value counts as unset.
    func variable(_ name: String) -> String? { Given(environment: environment).text(name) }
}

/// The values as given: an option goes before its variable.
private struct Given {
    let environment: EnvironmentVariables

    func text(_ name: String) -> String? { environment[name] }

    func issuer(_ option: String?) throws(UsageError) -> Issuer {
        let name = "--issuer (LOGIN_ISSUER)"
        let text = try required(option, or: "LOGIN_ISSUER", of: name, fix: "give the issuer as the provider writes it")
        do { return try Issuer(text, allowing: .loopback) } catch { throw UsageError(name, fix: "\(error)") }
    }

    func clientID(_ option: String?) throws(UsageError) -> ClientID {
        let name = "--client-id (LOGIN_CLIENT_ID)"
        let text = try required(
            option, or: "LOGIN_CLIENT_ID", of: name, fix: "give the client ID from the provider's console")
        do { return try ClientID(text) } catch { throw UsageError(name, fix: "\(error)") }
    }

    func baseURL(_ option: String?) throws(UsageError) -> EndpointURL {
        let name = "--base-url (LOGIN_BASE_URL)"
        let fix = "give the app's origin as browsers see it, such as https://app.example"
        let text = try required(option, or: "LOGIN_BASE_URL", of: name, fix: fix)
        let url: EndpointURL
        do { url = try EndpointURL(text, allowing: .loopback) } catch {
            throw UsageError(name, fix: "\(error); \(fix)")
        }
        guard url.query == nil, url.path.isEmpty || url.path == "/" else {
            throw UsageError(name, fix: "it has a path or a query; \(fix)")
        }
        return url
    }

    func metadataURL(_ option: String?) throws(UsageError) -> EndpointURL? {
        guard let text = option ?? text("LOGIN_METADATA_URL") else { return nil }
        do { return try EndpointURL(text, allowing: .loopback) } catch {
            throw UsageError("--metadata-url (LOGIN_METADATA_URL)", fix: "\(error)")
        }
    }

    func scope(_ option: String?) throws(UsageError) -> Scope? {
        guard let text = option ?? text("LOGIN_SCOPE") else { return nil }
        guard let scope = try? Scope(text), scope.contains("openid") else {
            throw UsageError(
                "--scope (LOGIN_SCOPE)", fix: "separate the values with spaces, openid among them")
        }
        return scope
    }

    func algorithms() throws(UsageError) -> SignatureAlgorithms? {
        guard let text = text("LOGIN_ID_TOKEN_ALG") else { return nil }
        let names = text.split { $0 == "," || $0 == " " }
        let known = names.compactMap { JWSAlgorithm(rawValue: String($0)).flatMap(SignatureAlgorithm.init) }
        guard known.count == names.count else {
            let list = SignatureAlgorithm.allCases.map(\.description).joined(separator: ", ")
            throw UsageError("LOGIN_ID_TOKEN_ALG", fix: "use \(list)")
        }
        return known.isEmpty ? nil : SignatureAlgorithms(known)
    }

    func authenticationMethod() throws(UsageError) -> ClientAuthenticationMethod? {
        guard let text = text("LOGIN_CLIENT_AUTH"), text != "automatic" else { return nil }
        guard let method = ClientAuthenticationMethod(rawValue: text) else {
            throw UsageError("LOGIN_CLIENT_AUTH", fix: "use client_secret_basic or client_secret_post")
        }
        return method
    }

    private func required(
        _ option: String?, or variable: String, of name: String, fix: String
    ) throws(UsageError) -> String {
        guard let text = option ?? text(variable) else { throw UsageError("\(name) is missing", fix: fix) }
        return text
    }
}
