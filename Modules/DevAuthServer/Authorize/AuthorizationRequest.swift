import OAuthTypes
import WireFormats

/// An authorization request that passed all checks (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1, RFC 7636 §4.3).
struct AuthorizationRequest: Sendable {
    enum Prompt: String {
        case none, login, consent
        // The same here: the login page is where accounts are selected.
        case selectAccount = "select_account"
    }

    let client: DevClient
    let redirectURI: EndpointURL
    let state: String?
    let nonce: String?
    /// The requested scope, without the values that this server does not know (RFC 6749 §3.3).
    let scope: Scope
    /// The APIs that the access token is for; at least one.
    let audiences: [String]
    let details: AuthorizationDetails
    let organization: DevOrganization?
    /// The only way to log in that the app wants, as `connection` at Auth0.
    let connection: DevLoginOption?
    let mode: ResponseMode
    let codeChallenge: String
    let prompts: Set<Prompt>
    let maxAge: Int64?
    let loginHint: String?
    let idTokenHint: String?

    func contains(_ prompt: Prompt) -> Bool { prompts.contains(prompt) }

    func allows(_ option: DevLoginOption) -> Bool { connection == nil || connection == option }

    /// Whether this login can answer the request. If not, the user has to log in (again).
    func accepts(_ session: Session, at now: UnixTime) -> Bool {
        guard !contains(.login), !contains(.selectAccount), allows(session.option) else { return false }
        guard let maxAge else { return true }
        return maxAge > 0 && now.seconds(since: session.authTime) <= maxAge
    }
}

/// Why a request is answered with a page instead of a redirect. Redirecting before client and redirect URI are known to
/// belong together would make this server an open redirector.
enum AuthorizationPageError: Error {
    case repeatedParameter(String)
    case missingClient
    case unknownClient(String)
    case missingRedirectURI(DevClient)
    case unknownRedirectURI(String, DevClient)
    case unknownRequestURI(DevClient)
    case unreadableRequest(OAuthErrorResponse, DevClient)

    var words: String {
        switch self {
        case .repeatedParameter(let name): "The parameter \(name) appears more than once."
        case .missingClient: "The parameter client_id is missing."
        case .unknownClient(let text): "No app with the client_id “\(text.shown)” is registered."
        case .missingRedirectURI(let client): "The parameter redirect_uri is missing. \(Self.registered(client))"
        case .unknownRedirectURI(let text, let client):
            "The redirect_uri “\(text.shown)” is not registered. It must match octet for octet. \(Self.registered(client))"
        case .unknownRequestURI(let client):
            "\(client.name) refers to a pushed request that is unknown, was used before, or has expired."
        case .unreadableRequest(let error, let client):
            "\(client.name) sent a request that this server does not accept: \(error.errorDescription ?? error.error)."
        }
    }

    /// Who can do something about it.
    var turn: Turn {
        if case .unknownRequestURI = self { .user } else { .operator }
    }

    private static func registered(_ client: DevClient) -> String {
        "Registered for \(client.id): " + client.redirectURIs.map(\.text).joined(separator: ", ")
    }
}

/// Where a response goes: one of the client's own redirect URIs.
struct ReturnAddress: Sendable {
    let client: DevClient
    let redirectURI: EndpointURL
    let state: String?
    let mode: ResponseMode

    init(client: DevClient, redirectURI: EndpointURL, state: String?, mode: ResponseMode) {
        self.client = client
        self.redirectURI = redirectURI
        self.state = state
        self.mode = mode
    }

    init(_ parameters: Parameters, of client: DevClient) throws(AuthorizationPageError) {
        guard !parameters.isRepeated("redirect_uri") else { throw .repeatedParameter("redirect_uri") }
        guard let redirectText = parameters["redirect_uri"] else { throw .missingRedirectURI(client) }
        guard let redirectURI = client.redirectURIs.first(where: { $0.text.hasSameOctets(as: redirectText) }) else {
            throw .unknownRedirectURI(redirectText, client)
        }
        // An unknown mode is an error, which has to come in some way.
        let mode = parameters["response_mode"].flatMap(ResponseMode.init) ?? .query
        self.init(client: client, redirectURI: redirectURI, state: parameters["state"], mode: mode)
    }
}
