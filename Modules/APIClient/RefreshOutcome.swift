public import OAuthTypes

/// How a refresh, or the check of what it brought, ended.
public enum RefreshOutcome: Sendable {
    /// New tokens came and need no check.
    case refreshed(TokenSet)
    /// New tokens came with an ID token: they are kept as pending, and their access token is handed out to nobody, until
    /// ``verified``. The lease goes on.
    case arrived(TokenSet)
    /// The pending tokens hold.
    case verified
    /// The pending tokens could not be checked; not again before the given time.
    case unverified(until: UnixTime)
    /// The pending tokens were refused for good: no refresh token is sent again.
    case discarded(TokenCheck.Refusal)
    /// The refresh token is of no more use (`invalid_grant`, RFC 6749 §5.2).
    case ended
    /// The refresh token is as good as before; it is not to be used again before the given time.
    case postponed(until: UnixTime, because: RefreshSetback? = nil)
    /// The request may have arrived; the refresh token may or may not be used up.
    case unknown
}

/// What the server answered when it last refused a refresh and left the refresh token alive.
public struct RefreshSetback: Sendable, Hashable {
    /// The server's error code; `http_400` and the like where it gave none.
    public let code: String
    /// Whether a login of the user mends it.
    public let needsLogin: Bool

    /// A refusal with this error code.
    public init(code: String, needsLogin: Bool) {
        self.code = code
        self.needsLogin = needsLogin
    }
}

/// Tokens that came with a refresh and wait for the check of their ID token.
public struct PendingTokens: Sendable {
    /// The attempt that brought them.
    let id: [UInt8]
    /// What their access token is for.
    public let target: TokenTarget
    /// The tokens. The refresh token is not among them: it is in ``RefreshState/token`` at once.
    public let tokens: TokenSet

    init(id: [UInt8], target: TokenTarget, tokens: TokenSet) {
        self.id = id
        self.target = target
        self.tokens = TokenSet(
            accessToken: tokens.accessToken, tokenType: tokens.tokenType, expiresAt: tokens.expiresAt,
            refreshToken: nil, idToken: tokens.idToken, scope: tokens.scope, receivedAt: tokens.receivedAt)
    }
}
