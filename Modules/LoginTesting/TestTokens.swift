public import OAuthTypes

/// The tokens of a session that ``TestLogin`` begins.
public struct TestTokens: Sendable {
    /// The access token that API calls carry; nil for a provider that issues none.
    public var accessToken: AccessToken?
    /// How long the access token is valid, in whole seconds; nil if the provider does not say.
    public var lifetime: Duration?
    /// The refresh token; sessions in cookies do not keep it.
    public var refreshToken: RefreshToken?
    /// The granted scope; nil means "as requested".
    public var scope: Scope?

    /// Creates tokens: by default the access token `test-access-token` for an hour, and no refresh token.
    public init(
        accessToken: AccessToken? = AccessToken("test-access-token"), lifetime: Duration? = .seconds(3600),
        refreshToken: RefreshToken? = nil, scope: Scope? = nil
    ) {
        self.accessToken = accessToken
        self.lifetime = lifetime
        self.refreshToken = refreshToken
        self.scope = scope
    }
}
