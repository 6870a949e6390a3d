public import OAuthTypes

/// A web app registered at the development server.
public struct DevClient: Sendable {
    /// The client identifier.
    public var id: ClientID
    /// The name on the consent page.
    public var name: String
    /// The client secret.
    public var secret: ClientSecret
    /// The redirect URIs, compared octet by octet; loopback only.
    public var redirectURIs: [EndpointURL]
    /// The redirect URIs after a logout, compared octet by octet; loopback only.
    public var postLogoutRedirectURIs: [EndpointURL]
    /// The scope values that it may request besides `openid`; nil for all of the server's. Others are left out of what is
    /// granted (RFC 6749 §3.3).
    public var scope: Scope?
    /// The APIs, besides the server's, that it may name in the parameter `audience`.
    public var audiences: [String]

    /// Creates a registration.
    public init(
        id: ClientID, name: String, secret: ClientSecret, redirectURIs: [EndpointURL],
        postLogoutRedirectURIs: [EndpointURL] = [], scope: Scope? = nil, audiences: [String] = []
    ) {
        self.id = id
        self.name = name
        self.secret = secret
        self.redirectURIs = redirectURIs
        self.postLogoutRedirectURIs = postLogoutRedirectURIs
        self.scope = scope
        self.audiences = audiences
    }
}
