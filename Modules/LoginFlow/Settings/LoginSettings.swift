public import AuthURL
public import JOSE
public import OAuthTypes
public import TokenExchange

/// The app and how it logs users in.
public struct LoginSettings: Sendable {
    /// Where the provider's metadata comes from.
    public enum Provider: Sendable {
        /// The document at the address that follows from the issuer (OpenID Connect Discovery §4).
        case discovered(Issuer)
        /// A document at another address, for this issuer.
        case document(at: EndpointURL, issuer: Issuer)
        /// Metadata that you write yourself. Only the keys are fetched.
        case fixed(ProviderMetadata)
    }

    /// The provider. Its issuer is compared octet by octet wherever the metadata comes from.
    public var provider: Provider
    /// The app's client ID at the provider.
    public var clientID: ClientID
    /// The app's client secret at the provider.
    public var clientSecret: ClientSecret
    /// How the app authenticates at the token endpoint. Nil chooses by what the provider lists: `client_secret_basic` where
    /// ID and secret can be written in one way only, else `client_secret_post`. A provider that lists neither is refused
    /// before a user is sent there.
    public var clientAuthenticationMethod: ClientAuthenticationMethod?
    /// The app's own origin as browsers see it. `Host` and forwarded header fields never change it.
    public var baseURL: EndpointURL
    /// The scope to request. Nil requests `openid`, `profile` and `email` unless the provider lists its scopes without
    /// them, and `offline_access` if the provider lists it and sessions are in a store.
    public var scope: Scope?
    /// How `offline_access` is requested, if ``scope`` contains it.
    public var offlineAccess: OfflineAccess
    /// What the provider may ask the user; empty leaves it to the provider. A hook may change it for one login.
    public var prompt: [AuthorizationRequest.Prompt]
    /// How the provider is asked to send the authorization response. A response that comes the other way is accepted and
    /// reported, since many providers ignore what they are asked for.
    public var responseMode: AuthorizationRequest.ResponseMode
    /// Whether claims that the ID token lacks are fetched from the UserInfo endpoint, once at login.
    public var asksUserInfo: Bool
    /// The API that access tokens are for (Auth0's `audience` parameter); nil leaves it to the provider.
    public var audience: String?
    /// The algorithms that ID tokens may be signed with; nil: RS256, or the only public-key algorithm that the metadata
    /// names.
    public var idTokenAlgorithms: SignatureAlgorithms?
    /// Deviations from the standards that this provider needs; none by default.
    public var deviations: Set<LoginDeviation>
    /// The paths of the flow.
    public var routes: LoginRoutes
    /// Stands in front of the cookies' names: give each flow on one origin another one, 1 to 32 letters and digits. Nil,
    /// for an origin's only flow, writes none. A change logs all users out.
    public var name: String?
    /// What the end-session request tells the provider about the session.
    public var logoutHint: LogoutHint
    /// How long a session lives without use, 60 seconds or more; whole seconds count.
    public var idleLifetime: Duration
    /// How long a session lives at most, 365 days or less; whole seconds count. It ends earlier where the provider's
    /// `session_expiry` says so.
    public var absoluteLifetime: Duration
    /// Whether `http` is accepted on loopback. Replies then carry `X-Login-Flow-Development: true`.
    public var plaintext: PlaintextHTTP
    /// How tokens are refreshed, and what the end of refreshing means for the session.
    public var refresh = RefreshRules()

    /// Creates the settings of an app whose provider publishes its metadata where the issuer says.
    public init(issuer: Issuer, clientID: ClientID, clientSecret: ClientSecret, baseURL: EndpointURL) {
        self.init(provider: .discovered(issuer), clientID: clientID, clientSecret: clientSecret, baseURL: baseURL)
    }

    /// Creates the settings of an app. Sessions live 24 hours without use and 7 days at most.
    public init(provider: Provider, clientID: ClientID, clientSecret: ClientSecret, baseURL: EndpointURL) {
        self.provider = provider
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.baseURL = baseURL
        offlineAccess = .automatic
        prompt = []
        responseMode = .query
        asksUserInfo = true
        deviations = []
        routes = LoginRoutes()
        logoutHint = .idToken
        idleLifetime = .seconds(86_400)
        absoluteLifetime = .seconds(604_800)
        plaintext = .refused
    }
}

extension LoginSettings {
    /// The issuer. Setting it selects a provider whose metadata is at the issuer's well-known address.
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

extension LoginSettings {
    // The configured text, not the parsed origin: redirect URIs are compared octet by octet (RFC 9700 §2.1).
    func url(path: String) throws(IdentifierError) -> EndpointURL {
        let base = baseURL.text.hasSuffix("/") ? String(baseURL.text.dropLast()) : baseURL.text
        return try EndpointURL(base + path, allowing: plaintext)
    }
}
