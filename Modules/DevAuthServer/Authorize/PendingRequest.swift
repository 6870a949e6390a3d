import OAuthTypes
import WireFormats

/// An authorization request with the identifier of its transaction.
struct PendingRequest: Sendable {
    let id: String
    let request: AuthorizationRequest

    var digest: TokenDigest { TokenDigest(id) }
}

/// An authorization request whose user has logged in and was refused by no rule.
struct AuthenticatedRequest: Sendable {
    let pending: PendingRequest
    let session: Session
    /// The claims that the rules added.
    let claims: JSONObject
    /// The requested scope, or the part of it that the user allows.
    var granted: Scope
    /// What the browser got already, if it did.
    var answer: DevResponse?
}
