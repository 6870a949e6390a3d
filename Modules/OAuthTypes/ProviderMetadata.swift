public import WireFormats

/// What an OpenID provider says of itself (OpenID Connect Discovery §3, RFC 8414 §2).
///
/// `Discovery` fetches and validates it; for a provider without discovery build it by hand, with the required members in
/// the initializer and the optional ones set one by one:
///
///     var provider = try ProviderMetadata(
///         issuer: Issuer("https://login.example"), authorizationEndpoint: EndpointURL("https://login.example/authorize"),
///         tokenEndpoint: EndpointURL("https://login.example/token"), jwksURI: EndpointURL("https://login.example/keys"))
///     provider.userinfoEndpoint = try EndpointURL("https://login.example/me")
///
/// In a document that is fetched, `null` counts as absent, and a bad optional member costs its own feature only. A member
/// that switches on a check is never lost that way: what cannot be read there has the strictest meaning. Each such
/// reading is one of ``deviations``.
///
/// | member | malformed means | why |
/// |---|---|---|
/// | `issuer`, `authorization_endpoint`, `token_endpoint`, `jwks_uri` | an error | no login without them |
/// | other endpoints, also `""` | absent | their feature falls away |
/// | lists of scopes, claims, grants, modes, prompts, authentication methods | one value for a text, else absent | they advise |
/// | `response_types_supported` | one value for a text, else absent; a list without `code` is an error | |
/// | `authorization_response_iss_parameter_supported` | true | the callback then has to carry `iss` (RFC 9207 §2.4) |
/// | `require_pushed_authorization_requests` | true | a plain request may be refused (RFC 9126 §5) |
/// | `require_signed_request_object` | true | likewise (RFC 9101 §10.5) |
/// | `tls_client_certificate_bound_access_tokens` | true | tokens may be bound to a certificate (RFC 8705 §3.3) |
/// | `id_token_signing_alg_values_supported` | one value for a text, else none at all | nothing is concluded from it |
/// | `userinfo_signing_alg_values_supported`, `dpop_signing_alg_values_supported` | likewise | likewise |
/// | `authorization_signing_alg_values_supported` | likewise | likewise |
/// | `mtls_endpoint_aliases`, or one of its members | absent | the usual endpoint is used |
/// | `code_challenge_methods_supported` | likewise | S256 goes out whatever it says |
public struct ProviderMetadata: Sendable {
    /// The provider's identifier.
    public var issuer: Issuer
    /// Where users are sent to log in.
    public var authorizationEndpoint: EndpointURL
    /// The token endpoint: issues tokens for codes and refresh tokens.
    public var tokenEndpoint: EndpointURL
    /// Where the signing keys are published.
    public var jwksURI: EndpointURL
    /// Where claims about the user are served.
    public var userinfoEndpoint: EndpointURL?
    /// The end-session endpoint (RP-Initiated Logout §2.1).
    public var endSessionEndpoint: EndpointURL?
    /// Where tokens are revoked (RFC 7009).
    public var revocationEndpoint: EndpointURL?
    /// Where authorization requests are pushed (RFC 9126 §5).
    public var pushedAuthorizationRequestEndpoint: EndpointURL?
    /// The scopes it lists; nil if it lists none.
    public var scopesSupported: [String]?
    /// The claims it lists; nil if it lists none.
    public var claimsSupported: [String]?
    /// The response types it lists; nil if it lists none.
    public var responseTypesSupported: [String]?
    /// The response modes it lists; nil if it lists none, which means `query` and `fragment`.
    public var responseModesSupported: [String]?
    /// The grant types it lists; nil if it lists none, which means `authorization_code` and `implicit`.
    public var grantTypesSupported: [String]?
    /// The values of `prompt` it lists (Initiating User Registration §4.1.1); nil if it lists none.
    public var promptValuesSupported: [String]?
    /// The client authentication methods it lists; nil if it lists none, which means `client_secret_basic`.
    public var tokenEndpointAuthMethodsSupported: [String]?
    /// The ID token signature algorithms it lists, including those unknown here; `RS256` if the member is absent, none
    /// if it cannot be read.
    public var idTokenSigningAlgValuesSupported: [String]
    /// The algorithms of signed UserInfo responses it lists; nil if the member is absent, none if it cannot be read.
    public var userinfoSigningAlgValuesSupported: [String]?
    /// The algorithms of DPoP proofs it lists (RFC 9449 §5.1); nil if the member is absent, none if it cannot be read.
    public var dpopSigningAlgValuesSupported: [String]?
    /// The algorithms of signed authorization responses it lists (JARM §4); nil if the member is absent, none if it cannot be
    /// read.
    public var authorizationSigningAlgValuesSupported: [String]?
    /// The PKCE methods it lists (RFC 8414 §2); nil if the member is absent, none if it cannot be read.
    public var codeChallengeMethodsSupported: [String]?
    /// Whether the authorization response contains `iss` (RFC 9207 §3).
    public var authorizationResponseIssParameterSupported: Bool
    /// Whether only pushed authorization requests are accepted (RFC 9126 §5).
    public var requiresPushedAuthorizationRequests = false
    /// Whether only signed request objects are accepted (RFC 9101 §10.5).
    public var requiresSignedRequestObject = false
    /// Whether access tokens may be bound to a client certificate (RFC 8705 §3.3).
    public var tlsClientCertificateBoundAccessTokens = false
    /// The endpoints for connections with a client certificate (RFC 8705 §5).
    public var mtlsEndpointAliases = MTLSEndpointAliases()
    /// The whole document, including unknown members.
    public var document: JSONObject
    /// The accepted deviations of the document.
    public var deviations: [ProviderDeviation] = []

    /// Creates metadata; everything optional is unknown until set.
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
