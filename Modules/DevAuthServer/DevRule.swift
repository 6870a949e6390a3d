public import OAuthTypes
public import WireFormats

/// What a rule is told about the login it judges.
public struct DevLogin: Sendable {
    /// What the user typed as a name.
    public let username: String
    /// The claim `sub` that the tokens will carry.
    public let subject: SubjectID
    /// The app that the user logs in to.
    public let clientID: ClientID
    /// The scope that the app asked for.
    public let scope: Scope
}

/// What a rule says of a login.
public enum DevRuleDecision: Sendable {
    /// The login goes on.
    case allow
    /// The login ends; the app receives `access_denied` with the reason, cut to what RFC 6749 allows.
    case deny(reason: String)
    /// The login goes on and the tokens carry these claims too. Each name must be an `https` URL
    /// (`https://app.example/roles`), so that no claim of the protocol can be touched.
    case allowAdding(JSONObject)
}

/// Code of yours that runs at every login, after the password and before the consent page.
///
/// A rule that throws, overruns the server's time limit or adds a claim without a namespace ends the login with
/// `server_error`. Overrunning cancels its task; what ignores the cancellation goes on without effect.
public struct DevRule: Sendable {
    /// What error messages call it.
    public let name: String
    let decide: @Sendable (DevLogin) async throws -> DevRuleDecision

    /// Takes a rule.
    public init(_ name: String, decide: @escaping @Sendable (DevLogin) async throws -> DevRuleDecision) {
        self.name = name
        self.decide = decide
    }
}
