public import OAuthTypes

/// The paths that belong to the flow. All are on the origin of the base URL.
public struct LoginRoutes: Sendable, Hashable {
    /// Starts a login; the query parameter `returnTo` names the page to return to.
    public var login: String
    /// Where the provider sends the browser back to. Register base URL + this path as the redirect URI.
    public var callback: String
    /// Ends the session: a POST ends it, a GET asks first.
    public var logout: String
    /// Where the provider sends the browser after its logout. Register base URL + this path as
    /// post-logout redirect URI.
    public var afterLogout: String
    /// Where the public halves of the app's keys are published, for the registered `jwks_uri`; served only if the settings
    /// have keys.
    public var clientKeys: String
    /// Where other sites begin a login (OpenID Connect Core §4): register base URL + this path as `initiate_login_uri`.
    /// Nil: none may. The usual path is ``usualInitiateLogin``.
    public var initiateLogin: String?

    /// The path that other sites usually begin a login at: `/initiate-login`.
    public static let usualInitiateLogin = "/initiate-login"

    /// Creates the paths; by default `/login`, `/callback`, `/logout`, `/` and `/.well-known/login-client-jwks.json`, and none
    /// for logins that other sites begin.
    public init(
        login: String = "/login", callback: String = "/callback", logout: String = "/logout", afterLogout: String = "/",
        clientKeys: String = "/.well-known/login-client-jwks.json", initiateLogin: String? = nil
    ) {
        self.login = login
        self.callback = callback
        self.logout = logout
        self.afterLogout = afterLogout
        self.clientKeys = clientKeys
        self.initiateLogin = initiateLogin
    }

    var owned: [String] { [login, callback, logout] + [initiateLogin].compactMap(\.self) }
}

extension LoginSettings {
    /// The paths that the flow answers whatever the request.
    var ownedPaths: [String] { routes.owned + (clientKeys == nil ? [] : [routes.clientKeys]) }
}

/// A request that the flow answers itself.
public enum LoginRoute: Sendable, Hashable {
    /// A login starts.
    case login
    /// The provider redirected the browser back.
    case callback
    /// The session ends, or the user is asked to confirm it.
    case logout
    /// The provider redirected the browser back after its logout.
    case afterLogout
    /// A provider fetches the app's public keys.
    case clientKeys
    /// Another site begins a login.
    case initiateLogin

    /// How many octets of body to read; answer more by ``LoginFlow/refuseLongBody(of:)``. A response by
    /// `form_post` is such a body.
    public var bodyLimit: Int {
        switch self {
        case .login, .callback, .initiateLogin: 65_536
        case .logout, .afterLogout, .clientKeys: 4096
        }
    }
}

extension LoginFlow {
    /// Returns the route that a request belongs to; nil if the app answers it itself.
    ///
    /// Paths are compared as they came: what is encoded or doubled differently is another path, for the flow as for
    /// the app.
    public func route(_ method: HTTPMethod, target: String) -> LoginRoute? {
        let request = BrowserRequest(method, target: target)
        switch String(request.path) {
        case settings.routes.login: return .login
        case settings.routes.callback: return .callback
        case settings.routes.logout: return .logout
        case settings.routes.clientKeys where settings.clientKeys != nil: return .clientKeys
        case let path where path == settings.routes.initiateLogin: return .initiateLogin
        case settings.routes.afterLogout where method == .get && LogoutReturn.isOne(request.query): return .afterLogout
        default: return nil
        }
    }
}
