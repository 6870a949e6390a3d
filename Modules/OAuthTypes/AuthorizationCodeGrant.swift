/// A code together with all that binds it to this login. It can be redeemed once: redeeming consumes the value.
public struct AuthorizationCodeGrant: ~Copyable, Sendable {
    /// The code from the callback.
    public let code: AuthorizationCode
    /// The PKCE verifier of this login; nil only where the integrator named a deviation that leaves PKCE out.
    public let codeVerifier: CodeVerifier?
    /// The redirect URI of the authorization request, octet for octet.
    public let redirectURI: EndpointURL
    /// The issuer that the login went to.
    public let issuer: Issuer
    /// The client that the login was started for.
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

    /// Builds a grant from a code whose callback nobody has judged: the caller answers for state, issuer
    /// and browser binding.
    public init(
        uncheckedCode code: AuthorizationCode, codeVerifier: CodeVerifier, redirectURI: EndpointURL, issuer: Issuer,
        clientID: ClientID
    ) {
        self.init(code: code, codeVerifier: codeVerifier, redirectURI: redirectURI, issuer: issuer, clientID: clientID)
    }
}
