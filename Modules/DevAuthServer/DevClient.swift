public import JOSE
public import OAuthTypes

/// A web app registered at the development server.
public struct DevClient: Sendable {
    /// The client identifier.
    public var id: ClientID
    /// The name on the consent page.
    public var name: String
    /// How the app authenticates.
    public var authentication: DevClientAuthentication
    /// The client secret; of no use to an app that authenticates without one.
    public var secret: ClientSecret
    /// The app's public keys, which verify its assertions and its request objects.
    public var keys: JWKSet?
    /// The audience of the app's assertions.
    public var assertionAudience: DevAssertionAudience
    /// The redirect URIs, compared octet by octet; loopback only.
    public var redirectURIs: [EndpointURL]
    /// The redirect URIs after a logout, compared octet by octet; loopback only.
    public var postLogoutRedirectURIs: [EndpointURL]
    /// The scope values that it may request besides `openid`; nil for all of the server's. Others are left out of what is
    /// granted (RFC 6749 §3.3).
    public var scope: Scope?
    /// The APIs, besides the server's, that it may name in the parameters `audience` and `resource`.
    public var audiences: [String]
    /// Whether its authorization requests have to be pushed (RFC 9126 §6).
    public var requiresPushedRequest: Bool
    /// Whether its authorization requests have to be signed (RFC 9101 §10.5).
    public var requiresSignedRequest: Bool
    /// The types of `authorization_details` that it may request (RFC 9396 §2).
    public var authorizationDetailTypes: [String]
    /// The organizations that it may name in the parameter `organization`.
    public var organizations: [DevOrganization]

    /// Creates a registration. An app that authenticates with its secret has one; keys are needed for `private_key_jwt`
    /// and to sign requests.
    public init(
        id: ClientID, name: String, authentication: DevClientAuthentication = .secret,
        secret: ClientSecret = ClientSecret(""), keys: JWKSet? = nil, redirectURIs: [EndpointURL],
        postLogoutRedirectURIs: [EndpointURL] = [], scope: Scope? = nil, audiences: [String] = []
    ) {
        self.id = id
        self.name = name
        self.authentication = authentication
        self.secret = secret
        self.keys = keys
        self.redirectURIs = redirectURIs
        self.postLogoutRedirectURIs = postLogoutRedirectURIs
        self.scope = scope
        self.audiences = audiences
        assertionAudience = .any
        requiresPushedRequest = false
        requiresSignedRequest = false
        authorizationDetailTypes = []
        organizations = []
    }
}
