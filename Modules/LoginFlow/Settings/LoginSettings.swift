public import AuthURL
public import JOSE
public import OAuthTypes

/// Who the app is and how it logs users in.
public struct LoginSettings: Sendable {
    /// How the client secret is presented at the token endpoint.
    public enum SecretPlacement: Sendable, Hashable {
        /// As the provider lists it: `client_secret_basic` where it can be written in one way only, else
        /// `client_secret_post`. A provider that lists neither is refused before a user is sent there.
        case automatic
        /// `client_secret_basic` (RFC 6749 §2.3.1).
        case basic
        /// `client_secret_post`.
        case post
    }

    /// Where the provider's metadata comes from.
    public enum Provider: Sendable {
        /// The document at the address that follows from the issuer (OpenID Connect Discovery §4).
        case discovered(Issuer)
        /// A document at an address of its own, for this issuer.
        case document(at: EndpointURL, issuer: Issuer)
        /// Metadata by hand. Nothing is fetched but the keys.
        case fixed(ProviderMetadata)
    }

    /// The provider. Its issuer is compared octet by octet wherever the metadata comes from.
    public var provider: Provider
    /// The app's identifier there.
    public var clientID: ClientID
    /// The app's secret there.
    public var clientSecret: ClientSecret
    /// How the secret is presented.
    public var secretPlacement: SecretPlacement
    /// The app's own origin as browsers see it. `Host` and forwarded header fields never change it.
    public var baseURL: EndpointURL
    /// What to ask for. Nil asks for `openid`, for `profile` and `email` unless the provider lists its scopes and leaves
    /// them out, and for `offline_access` where the provider lists it and sessions are in a store.
    public var scope: Scope?
    /// How `offline_access` is asked for, where ``scope`` has it.
    public var offlineAccess: OfflineAccess
    /// What the provider may ask the user; empty leaves it to the provider. A hook may change it for one login.
    public var prompt: [AuthorizationRequest.Prompt]
    /// Whether claims that the ID token lacks are asked for at the UserInfo endpoint, once at login.
    public var asksUserInfo: Bool
    /// The API that access tokens are for (Auth0's `audience` parameter); nil leaves it to the provider.
    public var audience: String?
    /// Algorithms an ID token may be signed with; nil: RS256, or the only one with public keys that the metadata names.
    public var idTokenAlgorithms: SignatureAlgorithms?
    /// Departures from the standards that this provider needs; none by default.
    public var deviations: Set<LoginDeviation>
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

    /// Describes an app whose provider publishes its metadata where the issuer says.
    public init(issuer: Issuer, clientID: ClientID, clientSecret: ClientSecret, baseURL: EndpointURL) {
        self.init(provider: .discovered(issuer), clientID: clientID, clientSecret: clientSecret, baseURL: baseURL)
    }

    /// Describes an app. Sessions live 24 hours without use and 7 days at most.
    public init(provider: Provider, clientID: ClientID, clientSecret: ClientSecret, baseURL: EndpointURL) {
        self.provider = provider
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.baseURL = baseURL
        secretPlacement = .automatic
        offlineAccess = .automatic
        prompt = []
        asksUserInfo = true
        deviations = []
        routes = LoginRoutes()
        logoutHint = .idToken
        idleLifetime = 86_400
        absoluteLifetime = 604_800
        plaintext = .refused
    }
}

extension LoginSettings {
    /// Who vouches for the users. Setting it means a provider whose metadata is where the issuer says.
    public var issuer: Issuer {
        get {
            switch provider {
            case .discovered(let issuer), .document(_, let issuer): issuer
            case .fixed(let metadata): metadata.issuer
            }
        }
        set { provider = .discovered(newValue) }
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
public struct LoginSettingsError: Error, Sendable, CustomStringConvertible {
    /// The faults, at least one.
    public let faults: [SettingFault]

    /// Collects faults.
    public init(faults: [SettingFault]) { self.faults = faults }

    /// One line per fault.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

extension LoginSettings {
    // The configured text, not the parsed origin: redirect URIs are compared octet by octet (RFC 9700 §2.1).
    func url(path: String) throws(IdentifierError) -> EndpointURL {
        let base = baseURL.text.hasSuffix("/") ? String(baseURL.text.dropLast()) : baseURL.text
        return try EndpointURL(base + path, allowing: plaintext)
    }
}
