import JOSE
import LoginEnvironment
import LoginFlow
import OAuthTypes
import TokenExchange

/// The settings to examine: from options, else from the environment, read as an app reads them. The client secret is not
/// among them.
struct DoctorSettings: Sendable {
    /// What the app would use, with a made-up client secret.
    let login: LoginSettings
    let cookieSessions: Int?
    let caFile: String?
    let environment: EnvironmentVariables

    init(_ options: DoctorCommand, environment: EnvironmentVariables) throws(UsageError) {
        var variables = environment
        for (name, value) in options.variables where value != nil { variables[name] = value }
        if variables["LOGIN_CLIENT_SECRET"] == nil { variables["LOGIN_CLIENT_SECRET"] = Self.madeUpSecret }
        var login: LoginSettings
        do { login = try LoginSettings(variables: variables) } catch { throw UsageError(error) }
        login.clientCredential = login.clientCredential.with(ClientSecret(Self.madeUpSecret))
        login.routes = LoginRoutes(callback: options.callback)
        self.login = login
        guard (1...5).contains(options.cookieSessions ?? 1) else {
            throw UsageError("--cookie-sessions", fix: "use 1 to 5")
        }
        cookieSessions = options.cookieSessions
        caFile = variables["LOGIN_CA_FILE"]
        self.environment = environment
    }

    private static let madeUpSecret = "not-the-secret-of-this-client-0123456789"

    var issuer: Issuer { login.issuer }
    var clientID: ClientID { login.clientID }
    var baseURL: EndpointURL { login.baseURL }
    var algorithms: SignatureAlgorithms? { login.idTokenAlgorithms }
    /// The method of client authentication that is named, if one is.
    var authenticationMethod: String? { login.clientCredential.methodName }

    var metadataURL: EndpointURL? {
        guard case .document(let url, _) = login.provider else { return nil }
        return url
    }

    /// Whether the provider may use `http` on loopback: only where the app is there too, in development.
    var plaintext: PlaintextHTTP { login.plaintext }

    /// Whether ID tokens are signed with the client secret.
    var usesClientSecretSignatures: Bool { login.deviations.contains(.hs256ByClientSecret) }

    /// Whether logins go without PKCE.
    var leavesOutPKCE: Bool { login.deviations.contains { $0.boundIssuer != nil } }

    /// The value of a variable; an empty value counts as unset.
    func variable(_ name: String) -> String? { environment[name] }
}

extension ClientCredential {
    /// The same with another secret, if it has one.
    fileprivate func with(_ secret: ClientSecret) -> ClientCredential {
        switch self {
        case .secret(_, let method): .secret(secret, method: method)
        case .secretJWT(_, let algorithm, let assertion): .secretJWT(secret, algorithm: algorithm, assertion: assertion)
        case .privateKeyJWT, .appleSecret, .tls, .selfSignedTLS, .none: self
        }
    }
}

extension DoctorCommand {
    /// The options that stand for variables.
    fileprivate var variables: [(name: String, value: String?)] {
        [
            ("LOGIN_ISSUER", issuer), ("LOGIN_CLIENT_ID", clientID), ("LOGIN_BASE_URL", baseURL),
            ("LOGIN_METADATA_URL", metadataURL), ("LOGIN_SCOPE", scope), ("LOGIN_CA_FILE", caFile),
        ]
    }
}

extension UsageError {
    private static let options = [
        "LOGIN_ISSUER": "--issuer", "LOGIN_CLIENT_ID": "--client-id", "LOGIN_BASE_URL": "--base-url",
        "LOGIN_METADATA_URL": "--metadata-url", "LOGIN_SCOPE": "--scope",
    ]

    /// The faults of variables, each with its option.
    fileprivate init(_ error: SettingsError) {
        self.init(
            lines: error.faults.map { fault in
                let name = Self.options[fault.setting].map { "\($0) (\(fault.setting))" } ?? fault.setting
                return fault.problem == "it is not set"
                    ? "\(name) is missing: \(fault.fix)" : "\(name): \(fault.problem). \(fault.fix)"
            })
    }
}
