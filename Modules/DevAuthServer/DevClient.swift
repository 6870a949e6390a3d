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

    /// Creates a registration.
    public init(
        id: ClientID, name: String, secret: ClientSecret, redirectURIs: [EndpointURL],
        postLogoutRedirectURIs: [EndpointURL] = []
    ) {
        self.id = id
        self.name = name
        self.secret = secret
        self.redirectURIs = redirectURIs
        self.postLogoutRedirectURIs = postLogoutRedirectURIs
    }
}
