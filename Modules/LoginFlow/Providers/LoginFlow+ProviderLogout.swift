import AuthURL
import OAuthTypes

extension LoginFlow {
    /// The request that ends the provider's session; nil where it has none to send it to.
    func endSessionRequest(of session: LoginSession, at metadata: ProviderMetadata, state: String) -> EndSessionRequest?
    {
        switch (settings.providerLogout, metadata.endSessionEndpoint) {
        case (.amazonCognito, let endpoint?):
            return EndSessionRequest(
                logoutEndpoint: endpoint, clientID: settings.clientID, returningTo: afterLogoutURI, in: "logout_uri")
        case (.auth0, nil):
            guard let endpoint = settings.auth0Logout else { return nil }
            return EndSessionRequest(
                logoutEndpoint: endpoint, clientID: settings.clientID, returningTo: afterLogoutURI, in: "returnTo")
        case (_, let endpoint?):
            return EndSessionRequest(
                endSessionEndpoint: endpoint, clientID: settings.clientID,
                idTokenHint: settings.logoutHint == .idToken ? session.idToken : nil,
                postLogoutRedirectURI: afterLogoutURI, state: state)
        case (_, nil): return nil
        }
    }
}

extension LoginSettings {
    /// Auth0's own logout, which tenants have whether or not the standard's endpoint is switched on.
    fileprivate var auth0Logout: EndpointURL? {
        let base = issuer.text.hasSuffix("/") ? String(issuer.text.dropLast()) : issuer.text
        return try? EndpointURL(base + "/v2/logout", allowing: plaintext)
    }
}
