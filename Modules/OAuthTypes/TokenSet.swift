public import WireFormats

/// A token response (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3).
public struct TokenSet: Sendable {
    /// How the access token is presented (RFC 6749 §7.1).
    public enum TokenType: Sendable, Hashable {
        /// RFC 6750.
        case bearer
    }

    /// The credential for the API; nil if the provider issues none, as some do if only OpenID scopes are requested.
    public let accessToken: AccessToken?
    /// How it is presented.
    public let tokenType: TokenType
    /// When the access token expires; nil if the server did not say.
    public let expiresAt: UnixTime?
    /// The credential for the next refresh, if one was issued.
    public let refreshToken: RefreshToken?
    /// The ID token, not verified yet.
    public let idToken: RawIDToken?
    /// The granted scope; nil if the server left it out, which means "as requested" (RFC 6749 §5.1).
    public let scope: Scope?
    /// The granted authorization details (RFC 9396 §7); empty if the server named none.
    public let authorizationDetails: [JSONObject]
    /// When the response arrived.
    public let receivedAt: UnixTime
    /// The accepted deviations of the response.
    public let deviations: [ProviderDeviation]

    /// Creates a token response.
    public init(
        accessToken: AccessToken?, tokenType: TokenType = .bearer, expiresAt: UnixTime?, refreshToken: RefreshToken?,
        idToken: RawIDToken?, scope: Scope?, authorizationDetails: [JSONObject] = [], receivedAt: UnixTime,
        deviations: [ProviderDeviation] = []
    ) {
        self.accessToken = accessToken
        self.tokenType = tokenType
        self.expiresAt = expiresAt
        self.refreshToken = refreshToken
        self.idToken = idToken
        self.scope = scope
        self.authorizationDetails = authorizationDetails
        self.receivedAt = receivedAt
        self.deviations = deviations
    }
}
