public import AuthURL
public import WireFormats

/// The request that starts a login, and where the login returns to.
public struct LoginVisit: Sendable {
    /// The browser's request that led to the login.
    public let request: BrowserRequest
    /// Where the user returns to.
    public let returnPath: ReturnPath
}

/// What happens to a completed login.
public enum LoginDecision: Sendable {
    /// A session starts.
    case allow
    /// No session starts; the user sees `reason`, which is shown as text.
    case deny(reason: String)
    /// A session starts that also contains these members, under ``LoginSession/additions``.
    case allowAdding(JSONObject)
}

/// The app's own rules in the flow.
///
/// A hook is called once per login and may take time. If it throws, the login ends without a session. Observers get
/// `login.refused` with the code `hook_failed`; neither they nor the browser learn what was thrown.
public protocol LoginHooks: Sendable {
    /// Changes the authorization request before the redirect, such as its prompt or login hint.
    func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws
    /// Decides whether the verified login becomes a session.
    func decide(_ login: CompletedLogin) async throws -> LoginDecision
}

/// Hooks that change nothing and allow every verified login.
public struct NoHooks: LoginHooks {
    /// Creates hooks that change nothing.
    public init() {}

    /// Leaves the request unchanged.
    public func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {}

    /// Allows the login.
    public func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
}
