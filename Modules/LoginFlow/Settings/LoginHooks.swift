public import AuthURL
public import WireFormats

/// Why and where to a login begins.
public struct LoginVisit: Sendable {
    /// The browser's request that led to the login.
    public let request: BrowserRequest
    /// Where the user comes back to.
    public let returnPath: ReturnPath
}

/// What becomes of a completed login.
public enum LoginDecision: Sendable {
    /// A session begins.
    case allow
    /// No session; the user reads `reason`, which is shown as text.
    case deny(reason: String)
    /// A session begins that also holds these members, under ``LoginSession/additions``.
    case allowAdding(JSONObject)
}

/// The app's own rules in the flow. The law: called once per login, may take time; whatever it throws ends the login
/// without a session; observers hear of it as `login.refused` with code `hook_failed`, and neither they nor the browser
/// learn what was thrown.
public protocol LoginHooks: Sendable {
    /// Changes the authorization request before the browser is sent off, such as its prompt or login hint.
    func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws
    /// Decides whether the verified login becomes a session.
    func decide(_ login: CompletedLogin) async throws -> LoginDecision
}

/// Hooks that change nothing and allow every verified login.
public struct NoHooks: LoginHooks {
    /// Hooks that change nothing.
    public init() {}

    /// Leaves the request as it is.
    public func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {}

    /// Allows the login.
    public func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
}
