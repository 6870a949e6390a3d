import AuthURL
public import JOSE
public import OAuthTypes

/// Who the app is and how it logs users in.
public struct LoginSettings: Sendable {
    /// How the client secret is presented at the token endpoint.
    public enum SecretPlacement: Sendable, Hashable {
        /// `client_secret_basic` if the provider lists it or lists nothing, otherwise `client_secret_post`.
        case automatic
        /// `client_secret_basic` (RFC 6749 §2.3.1).
        case basic
        /// `client_secret_post`.
        case post
    }

    /// The provider.
    public var issuer: Issuer
    /// The app's identifier there.
    public var clientID: ClientID
    /// The app's secret there.
    public var clientSecret: ClientSecret
    /// How the secret is presented.
    public var secretPlacement: SecretPlacement
    /// The app's own origin as browsers see it. `Host` and forwarded header fields never change it.
    public var baseURL: EndpointURL
    /// What to ask for; nil asks for `openid profile email`, and `offline_access` where the provider lists it.
    public var scope: Scope?
    /// The API that access tokens are for (Auth0's `audience` parameter); nil leaves it to the provider.
    public var audience: String?
    /// Algorithms an ID token may be signed with.
    public var idTokenAlgorithms: PublicKeyAlgorithms
    /// The paths of the flow.
    public var routes: LoginRoutes
    /// Stands in front of the cookies' names: give each flow on one origin another one, 1 to 32 letters and digits. Nil,
    /// for an origin's only flow, writes none. A change logs everybody out.
    public var name: String?
    /// What the logout request tells the provider of the session.
    public var logoutHint: LogoutHint
    /// How long a session lives without use, in seconds.
    public var idleLifetime: Int64
    /// How long a session lives at most, in seconds. It ends earlier where the provider's `session_expiry` says so.
    public var absoluteLifetime: Int64
    /// Whether `http` is accepted on loopback. Replies then carry `X-Login-Flow-Development: true`.
    public var plaintext: PlaintextHTTP
    /// How tokens are refreshed, and what the end of refreshing means for the session.
    public var refresh = RefreshRules()

    /// Describes an app. Sessions live 24 hours without use and 7 days at most, and ID tokens are signed with RS256.
    public init(issuer: Issuer, clientID: ClientID, clientSecret: ClientSecret, baseURL: EndpointURL) {
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.baseURL = baseURL
        secretPlacement = .automatic
        idTokenAlgorithms = [.rs256]
        routes = LoginRoutes()
        logoutHint = .idToken
        idleLifetime = 86_400
        absoluteLifetime = 604_800
        plaintext = .refused
    }
}

/// A setting that cannot work, with what to do about it.
public struct SettingFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The setting's name.
    public let setting: String
    /// What is wrong.
    public let problem: String
    /// What to do.
    public let fix: String

    /// Describes a fault.
    public init(setting: String, problem: String, fix: String) {
        self.setting = setting
        self.problem = problem
        self.fix = fix
    }

    /// Setting, problem and fix in one line.
    public var description: String { "\(setting): \(problem). \(fix)" }
}

/// Every fault of the settings, reported together.
public struct InvalidSettings: Error, Sendable, CustomStringConvertible {
    /// The faults, at least one.
    public let faults: [SettingFault]

    /// Collects faults.
    public init(faults: [SettingFault]) { self.faults = faults }

    /// One line per fault.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

extension LoginSettings {
    var faults: [SettingFault] {
        [issuerFault, baseURLFault, plaintextFault, pathFault, lifetimeFault, secretFault, algorithmFault]
            .compactMap(\.self)
    }

    private var issuerFault: SettingFault? {
        guard issuer.origin.scheme == "https" || plaintext == .loopback else {
            return SettingFault(
                setting: "issuer", problem: "it is not an https:// URL",
                fix:
                    "Use the provider's https:// issuer; http:// is for loopback in development, where plaintext says so."
            )
        }
        return nil
    }

    private var plaintextFault: SettingFault? {
        guard baseURL.origin.scheme == "https" || plaintext == .loopback else {
            return SettingFault(
                setting: "baseURL", problem: "it is not an https:// URL",
                fix: "Give an https:// origin; http:// is for loopback in development, where plaintext says so.")
        }
        return nil
    }

    private var algorithmFault: SettingFault? {
        guard idTokenAlgorithms != [] else {
            return SettingFault(
                setting: "idTokenAlgorithms", problem: "the list is empty, so no ID token could be accepted",
                fix: "Name what the provider signs with, usually RS256.")
        }
        return nil
    }

    private var baseURLFault: SettingFault? {
        guard baseURL.query == nil, baseURL.path.isEmpty || baseURL.path == "/" else {
            return SettingFault(
                setting: "baseURL", problem: "it has a path or a query",
                fix: "Give the origin alone, such as https://app.example; paths go into routes.")
        }
        return nil
    }

    private var pathFault: SettingFault? {
        let paths = routes.owned + [routes.afterLogout]
        let wellFormed = paths.allSatisfy {
            ReturnPath($0) != nil && (try? EndpointURL("https://app.example" + $0))?.path == $0
        }
        guard wellFormed, Set(routes.owned).count == routes.owned.count, !routes.owned.contains(routes.afterLogout)
        else {
            return SettingFault(
                setting: "routes", problem: "the paths are not four different absolute paths",
                fix: "Begin each with / and use each once.")
        }
        return nil
    }

    private var lifetimeFault: SettingFault? {
        guard idleLifetime >= 60, absoluteLifetime >= idleLifetime, absoluteLifetime <= 31_536_000 else {
            return SettingFault(
                setting: "idleLifetime, absoluteLifetime", problem: "they are out of bounds",
                fix: "Use 60 s ≤ idle ≤ absolute ≤ 365 days.")
        }
        return nil
    }

    private var secretFault: SettingFault? {
        guard !clientSecret.exposedText.isEmpty else {
            return SettingFault(
                setting: "clientSecret", problem: "it is empty",
                fix: "Copy the secret from the provider's client registration.")
        }
        return nil
    }

    // The configured text, not the parsed origin: redirect URIs are compared octet by octet (RFC 9700 §2.1).
    func url(path: String) throws(InvalidURL) -> EndpointURL {
        let base = baseURL.text.hasSuffix("/") ? String(baseURL.text.dropLast()) : baseURL.text
        return try EndpointURL(base + path, allowing: plaintext)
    }
}
