/// Which access token is wanted.
public struct TokenTarget: Hashable, Sendable {
    /// The API the token is for (RFC 8707 `resource`, Auth0's `audience`); nil for the one of the login.
    public var audience: String?
    /// The scope wanted; nil for all that was granted.
    public var scope: Scope?

    /// Describes a wanted token; by default that of the login.
    public init(audience: String? = nil, scope: Scope? = nil) {
        self.audience = audience
        self.scope = scope
    }
}

/// Gets new tokens for a refresh token. `TokenEndpoint` is one; `LoginFlow` adds the checks on a refreshed ID token.
public protocol TokenRefresher: Sendable {
    /// Exchanges `token` (RFC 6749 §6). The request goes out at most once.
    /// - Throws: ``RefreshFailure``, which says whether the old token may still be used.
    func refresh(_ token: RefreshToken, for target: TokenTarget) async throws(RefreshFailure) -> TokenSet
}

/// Why no new tokens came.
public enum RefreshFailure: Error, Sendable, CustomStringConvertible {
    /// The server refused; with `invalid_grant` the refresh token is of no more use.
    case rejected(OAuthErrorResponse)
    /// Nothing was sent: the refresh token is as good as before.
    case notSent
    /// The request may have arrived and no answer came: the server may or may not have replaced the token.
    case outcomeUnknown
    /// An answer came that is not a valid token response or that names another user.
    case invalidResponse

    /// The failure in words, without any token.
    public var description: String {
        switch self {
        case .rejected(let response): "the authorization server refused the refresh: \(response)"
        case .notSent: "the authorization server could not be reached; nothing was sent"
        case .outcomeUnknown: "the connection broke while refreshing; whether the server answered is unknown"
        case .invalidResponse: "the authorization server answered the refresh with an invalid token response"
        }
    }
}
