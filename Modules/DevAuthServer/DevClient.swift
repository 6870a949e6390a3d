public import OAuthTypes

/// A web app that the development server knows.
public struct DevClient: Sendable {
    /// The identifier it sends.
    public var id: ClientID
    /// What the consent page calls it.
    public var name: String
    /// The secret it authenticates with.
    public var secret: ClientSecret
    /// Where users may be sent back to, compared octet by octet; loopback only.
    public var redirectURIs: [EndpointURL]
    /// Where users may be sent after a logout, compared octet by octet; loopback only.
    public var postLogoutRedirectURIs: [EndpointURL]

    /// Describes a web app.
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
