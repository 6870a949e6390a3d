public import OAuthTypes

extension EndSessionRequest {
    /// Creates a request for a provider with a logout of its own: Auth0's `/v2/logout` with `returnTo`, Amazon Cognito's
    /// `/logout` with `logout_uri`. Nothing but the client and the destination is sent, and no `state` comes back.
    /// - Parameters:
    ///   - endpoint: the address of the logout; its own query stays.
    ///   - clientID: the client whose session ends.
    ///   - destination: where the provider sends the browser afterwards: a URL registered there.
    ///   - parameter: the name of the parameter for it.
    public init(
        logoutEndpoint endpoint: EndpointURL, clientID: ClientID, returningTo destination: EndpointURL,
        in parameter: String
    ) {
        self.endpoint = endpoint
        parameters = [("client_id", clientID.text), (parameter, destination.text)]
    }
}
