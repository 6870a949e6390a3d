public import OAuthTypes
public import WireFormats

/// The login that a rule decides on.
public struct DevLogin: Sendable {
    /// The user name.
    public let username: String
    /// The claim `sub` that the tokens will carry.
    public let subject: SubjectID
    /// How the user logged in.
    public let option: DevLoginOption
    /// The app that the user logs in to.
    public let clientID: ClientID
    /// The requested scope.
    public let scope: Scope
}

/// The decision of a rule.
public enum DevRuleDecision: Sendable {
    /// The login continues.
    case allow
    /// The login ends. The app receives `access_denied` and the reason, reduced to the characters that RFC 6749 allows.
    case deny(reason: String)
    /// The login continues and the tokens carry these claims too. Each name must be an `https` URL
    /// (`https://app.example/roles`), so that a rule cannot change a claim of the protocol.
    case allowAdding(JSONObject)
    /// The login continues after the user has pressed a button: the consent page is shown whatever was allowed before. A
    /// silent request (`prompt=none`) ends with `interaction_required`.
    case askUser
}

/// Your own check, run at every login after the password or what takes its place, and before the consent page.
///
/// A rule that throws, exceeds the server's time limit or adds a claim without a namespace ends the login with
/// `server_error`. Its task is cancelled at the time limit; a rule that ignores the cancellation has no effect.
public struct DevRule: Sendable {
    /// The name in error messages.
    public let name: String
    let decide: @Sendable (DevLogin) async throws -> DevRuleDecision

    /// Creates a rule.
    public init(_ name: String, decide: @escaping @Sendable (DevLogin) async throws -> DevRuleDecision) {
        self.name = name
        self.decide = decide
    }
}
