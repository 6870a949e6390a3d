public import WireFormats

/// What an OpenID provider says of itself (OpenID Connect Discovery §3, RFC 8414 §2).
///
/// `Discovery` fetches and validates it; for a provider without discovery build it by hand.
public struct ProviderMetadata: Sendable {
    /// The provider's identifier.
    public var issuer: Issuer
    /// Where users are sent to log in.
    public var authorizationEndpoint: EndpointURL
    /// Where codes and refresh tokens are exchanged.
    public var tokenEndpoint: EndpointURL
    /// Where the signing keys are published.
    public var jwksURI: EndpointURL
    /// Where claims about the user are served.
    public var userinfoEndpoint: EndpointURL?
    /// Where a logout is taken to (RP-Initiated Logout §2.1).
    public var endSessionEndpoint: EndpointURL?
    /// Where tokens are revoked (RFC 7009).
    public var revocationEndpoint: EndpointURL?
    /// Scopes it lists; nil when it is silent.
    public var scopesSupported: [String]?
    /// Client authentication methods it lists; nil when it is silent, which means `client_secret_basic`.
    public var tokenEndpointAuthMethodsSupported: [String]?
    /// ID token signature algorithms it lists, also those unknown here.
    public var idTokenSigningAlgValuesSupported: [String]
    /// Whether the callback carries `iss` (RFC 9207 §3).
    public var authorizationResponseIssParameterSupported: Bool
    /// The whole document, members unknown here included.
    public var document: JSONObject

    /// Describes a provider; everything optional is unknown until set.
    public init(
        issuer: Issuer, authorizationEndpoint: EndpointURL, tokenEndpoint: EndpointURL, jwksURI: EndpointURL,
        idTokenSigningAlgValuesSupported: [String] = ["RS256"], document: JSONObject = [:]
    ) {
        self.issuer = issuer
        self.authorizationEndpoint = authorizationEndpoint
        self.tokenEndpoint = tokenEndpoint
        self.jwksURI = jwksURI
        self.idTokenSigningAlgValuesSupported = idTokenSigningAlgValuesSupported
        self.document = document
        authorizationResponseIssParameterSupported = false
    }
}
