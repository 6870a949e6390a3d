public import OAuthTypes

/// How a refresh, or the check of its tokens, ended.
public enum RefreshOutcome: Sendable {
    /// New tokens that need no check.
    case refreshed(TokenSet)
    /// New tokens with an ID token: they are kept as pending, and no caller gets their access token, until
    /// ``verified``. The lease goes on.
    case arrived(TokenSet)
    /// The pending tokens are valid.
    case verified
    /// The pending tokens could not be checked; try again at the given time.
    case unverified(until: UnixTime)
    /// The pending tokens were refused for good: no refresh token is sent again.
    case discarded(TokenCheck.Refusal)
    /// The refresh token is invalid (`invalid_grant`, RFC 6749 §5.2).
    case ended
    /// The refresh token is unchanged; it may be used again at the given time.
    case postponed(until: UnixTime, because: RefreshSetback? = nil)
    /// The request may have arrived; the refresh token may have been used.
    case unknown
}

/// The server's last refusal of a refresh that left the refresh token valid.
public struct RefreshSetback: Sendable, Hashable {
    /// The server's error code; `http_400` and similar if it sent none.
    public let code: String
    /// Whether a login of the user resolves it.
    public let needsLogin: Bool

    /// A refusal with this error code.
    public init(code: String, needsLogin: Bool) {
        self.code = code
        self.needsLogin = needsLogin
    }
}

/// Tokens from a refresh whose ID token is not checked yet.
public struct PendingTokens: Sendable {
    /// The attempt that returned them.
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
