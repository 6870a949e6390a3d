public import AuthURL
public import JOSE
public import OAuthTypes

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
    /// How the app authenticates to the provider.
    public var clientCredential: ClientCredential
    /// When the secret, key or certificate ends, if it does: from 30 days before, the event `credential.ending` is recorded once
    /// a day.
    public var clientCredentialEndsAt: UnixTime?
    /// The app's keys: they sign client assertions and request objects, and ``LoginRoutes/clientKeys`` publishes them. Only
    /// ``ClientCredential/privateKeyJWT(_:)`` and signed requests need them.
    public var clientKeys: ClientKeyRing?
    /// The app's own origin as browsers see it. `Host` and forwarded header fields never change it.
    public var baseURL: EndpointURL
    /// The scope to request. Nil requests `openid`, `profile` and `email` unless the provider lists its scopes without
    /// them, and `offline_access` if the provider lists it and sessions are in a store.
    public var scope: Scope?
    /// How `offline_access` is requested, if ``scope`` contains it.
    public var offlineAccess: OfflineAccess
    /// What the provider may ask the user; empty leaves it to the provider. A hook may change it for one login.
    public var prompt: [AuthorizationRequest.Prompt]
    /// How the provider is asked to send the authorization response. Another unsigned way is accepted and reported, since many
    /// providers ignore what they are asked for. Where a signed response was asked for, an unsigned one is refused.
    public var responseMode: AuthorizationRequest.ResponseMode
    /// The algorithms that signed authorization responses may have; nil: those of ID tokens.
    public var responseAlgorithms: SignatureAlgorithms?
    /// Whether authorization requests are pushed to the provider before the user goes there (RFC 9126).
    public var pushedRequests = RequestSending.automatic
    /// Whether authorization requests are signed with ``clientKeys`` (RFC 9101).
    public var signedRequests = RequestSending.automatic
    /// Whether claims that the ID token lacks are fetched from the UserInfo endpoint, once at login.
    public var asksUserInfo: Bool
    /// The API that access tokens are for (Auth0's `audience` parameter); nil leaves it to the provider.
    public var audience: String?
    /// The APIs that access tokens are for (RFC 8707), named in every authorization, token and refresh request; empty leaves
    /// it to the provider.
    public var resources: [String] = []
    /// The maximum age of the user's authentication in whole seconds; the ID token must then satisfy it. A hook may change it
    /// for one login.
    public var maxAge: Duration?
    /// Accepted authentication contexts, best first; the ID token must then name one of them.
    public var acrValues: [String] = []
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
    /// Which parameters of the login's address go on to the provider; none by default.
    public var loginOptions: [LoginOption] = []
    /// For how long a browser is not sent to the provider again by ``Requirement/silentLogin``, after a try and after a
    /// logout: 60 seconds to 30 days. Nil: never at all.
    public var silentLoginPause: Duration?
    /// How tokens are refreshed, and what the end of refreshing means for the session.
    public var refresh = RefreshRules()
    /// What this provider needs and others do not.
    var rules = ProviderRules()

    /// Creates the settings of an app whose provider publishes its metadata where the issuer says.
    public init(issuer: Issuer, clientID: ClientID, clientSecret: ClientSecret, baseURL: EndpointURL) {
        self.init(provider: .discovered(issuer), clientID: clientID, clientSecret: clientSecret, baseURL: baseURL)
    }

    /// Creates the settings of an app that has a client secret.
    public init(provider: Provider, clientID: ClientID, clientSecret: ClientSecret, baseURL: EndpointURL) {
        self.init(provider: provider, clientID: clientID, clientCredential: .secret(clientSecret), baseURL: baseURL)
    }

    /// Creates the settings of an app. Sessions live 24 hours without use and 7 days at most.
    public init(provider: Provider, clientID: ClientID, clientCredential: ClientCredential, baseURL: EndpointURL) {
        self.provider = provider
        self.clientID = clientID
        self.clientCredential = clientCredential
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
