import AuthURL

/// A login between the provider's answer and the session: what its steps need of each other.
struct LoginAttempt: Sendable {
    /// The login as it began.
    let pending: PendingLogin
    /// The `state` of the answer. It names the login's code lease.
    let state: String
    /// The request that brought the answer.
    let request: BrowserRequest
    /// The provider as it is at this moment.
    let connection: Provider.Connection

    /// The login's name in events.
    var correlationID: String { pending.correlationID }
}
