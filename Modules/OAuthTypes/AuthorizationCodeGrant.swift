/// A code together with everything that binds it to this login. It can be used once: requesting tokens consumes the
/// value.
public struct AuthorizationCodeGrant: ~Copyable, Sendable {
    /// The code from the authorization response.
    public let code: AuthorizationCode
    /// The PKCE verifier of this login; nil only if the integrator named a deviation that leaves PKCE out.
    public let codeVerifier: CodeVerifier?
    /// The redirect URI of the authorization request, octet for octet.
    public let redirectURI: EndpointURL
    /// The issuer of the login.
    public let issuer: Issuer
    /// The client of the login.
    public let clientID: ClientID

    package init(
        code: AuthorizationCode, codeVerifier: CodeVerifier?, redirectURI: EndpointURL, issuer: Issuer,
        clientID: ClientID
    ) {
        self.code = code
        self.codeVerifier = codeVerifier
        self.redirectURI = redirectURI
        self.issuer = issuer
        self.clientID = clientID
    }

    /// Creates a grant from a code whose authorization response was not validated: the caller is responsible for state,
    /// issuer and browser binding.
    public init(
        uncheckedCode code: AuthorizationCode, codeVerifier: CodeVerifier, redirectURI: EndpointURL, issuer: Issuer,
        clientID: ClientID
    ) {
        self.init(code: code, codeVerifier: codeVerifier, redirectURI: redirectURI, issuer: issuer, clientID: clientID)
    }
}
