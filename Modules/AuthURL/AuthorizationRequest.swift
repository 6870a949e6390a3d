public import OAuthTypes
public import WireFormats

/// An authorization request (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1).
///
/// State, nonce and PKCE are not part of it: ``PendingLogin/start(_:at:returningTo:correlationID:random:now:)``
/// generates them for every login, and nothing can switch them off.
public struct AuthorizationRequest: Sendable {
    /// What the provider may ask the user (Core §3.1.2.1, `prompt`).
    public struct Prompt: Sendable, Hashable, CustomStringConvertible {
        /// The value as it goes over the wire.
        public let text: String

        /// Creates a value that a provider defines, such as `create`.
        public init(_ text: String) { self.text = text }

        /// Ask nothing: a login without a session at the provider fails with `login_required`.
        public static let none = Prompt("none")
        /// Authenticate again.
        public static let login = Prompt("login")
        /// Ask for consent again.
        public static let consent = Prompt("consent")
        /// Let the user choose an account.
        public static let selectAccount = Prompt("select_account")

        /// The value.
        public var description: String { text }
    }

    /// How the authorization response reaches the callback.
    public enum ResponseMode: String, Sendable, Hashable {
        /// In the query of a GET: the default, and not named in the request.
        case query
        /// In the form of a POST (OAuth 2.0 Form Post Response Mode).
        case formPost = "form_post"
        /// Signed, in the query of a GET (JWT Secured Authorization Response Mode §2.3.1).
        case queryJWT = "query.jwt"
        /// Signed, in the form of a POST (JWT Secured Authorization Response Mode §2.3.3).
        case formPostJWT = "form_post.jwt"

        /// Whether the response is signed.
        public var isSigned: Bool { self == .queryJWT || self == .formPostJWT }
    }

    /// How the provider shows its pages (Core §3.1.2.1, `display`).
    public enum Display: String, Sendable, Hashable {
        /// A full page.
        case page
        /// A small window.
        case popup
        /// A device with a touch screen.
        case touch
        /// A feature phone.
        case wap
    }

    /// The client that logs the user in.
    public let clientID: ClientID
    /// Where the provider sends the browser back to: the registered URL, octet for octet.
    public let redirectURI: EndpointURL
    /// The requested scope; `openid` is added if it is missing.
    public var scope: Scope
    /// What the provider may ask the user; empty leaves it to the provider. `.none` stands alone.
    public var prompt: [Prompt] = []
    /// The maximum age of the authentication in whole seconds, zero or more; the ID token must then satisfy it.
    public var maxAge: Duration?
    /// A hint about the user who is logging in.
    public var loginHint: String?
    /// Preferred languages as BCP 47 tags, best first.
    public var uiLocales: [String] = []
    /// Accepted authentication contexts, best first; at most 512 octets together. The ID token must then name
    /// one of them.
    public var acrValues: [String] = []
    /// How the provider shows its pages; nil leaves it to the provider.
    public var display: Display?
    /// The claims to request one by one (Core §5.5); empty requests those of the scope.
    public var claims: JSONObject = [:]
    /// The ID token of an earlier login of the user who is to log in. It passes through the browser.
    public var idTokenHint: RawIDToken?
    /// The API that the access token is for, as Auth0 names it.
    public var audience: String?
    /// The APIs that the access token is for (RFC 8707): absolute URIs without a fragment, at most 16.
    public var resources: [String] = []
    /// What the access token is to be good for, each with a `type` (RFC 9396).
    public var authorizationDetails: [JSONObject] = []
    /// How the authorization response reaches the callback.
    public var responseMode: ResponseMode = .query
    /// Traits that only this package sets: a retry, and the deviations that the integrator of the flow named.
    package var circumstances: LoginTraits = []
    /// Connection, organization, invitation and screen hint.
    var auth0 = Auth0Parameters()
    /// Parameters without a property here, in order.
    public private(set) var extras: [(name: String, value: String)] = []

    /// Creates a request.
    public init(clientID: ClientID, redirectURI: EndpointURL, scope: Scope) {
        self.clientID = clientID
        self.redirectURI = redirectURI
        self.scope = scope
    }

    /// Adds a parameter that has no property here.
    /// - Throws: ``AuthorizationRequestError`` when the name is empty, belongs to the flow or to a property, or is
    ///   already in use.
    public mutating func addExtra(_ name: String, value: String) throws(AuthorizationRequestError) {
        guard !name.isEmpty, !AuthorizationRequest.isReserved(name) else { throw .reservedParameter(name) }
        let isTaken = extras.contains { $0.name.hasSameOctets(as: name) }
        guard !isTaken else { throw .repeatedParameter(name) }
        extras.append((name, value))
    }

    /// Whether a parameter of this name is the flow's or has a property; the case does not matter.
    static func isReserved(_ name: String) -> Bool {
        reservedNames.contains(name.lowercased())
    }

    /// Whether the authorization endpoint may not have a parameter of this name in its own query: one that the flow
    /// writes itself or that changes how the response is sent. The case does not matter.
    ///
    /// The other reserved names only say how the user is prompted. Providers put such parameters there, for example
    /// `prompt=select_account`; they stay until the app sets the same one.
    static func isRefusedInEndpoint(_ name: String) -> Bool {
        isReserved(name) && !wishes.contains(name.lowercased())
    }

    private static let wishes: Set<String> = [
        "prompt", "max_age", "login_hint", "ui_locales", "acr_values", "audience", "display", "claims", "resource",
        "connection", "organization", "invitation", "screen_hint",
    ]

    // Secrets and responses never belong into this URL; the flow writes the rest itself.
    private static let reservedNames: Set<String> = [
        "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
        "code_challenge_method", "response_mode", "request", "request_uri", "prompt", "max_age", "login_hint",
        "ui_locales", "acr_values", "audience", "iss", "code", "error", "client_secret", "client_assertion",
        "client_assertion_type", "code_verifier", "display", "claims", "id_token_hint", "resource",
        "authorization_details",
        "dpop_jkt", "response", "connection", "organization", "invitation", "screen_hint",
    ]
}
