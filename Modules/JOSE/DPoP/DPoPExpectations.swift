public import OAuthTypes

/// The request that a proof of possession must have been made for (RFC 9449 §4.3).
///
/// Whatever could skip a check has no default: `nil` has to be written, and its meaning is documented here.
public struct DPoPExpectations: Sendable {
    let method: HTTPMethod
    let url: EndpointURL
    let accessToken: AccessToken?
    let keyThumbprint: String?
    let nonce: String?

    /// Expects the proof of a request for tokens; one with `ath`, which is for the use of a token, is refused.
    ///
    /// - Parameters:
    ///   - method: the request's method.
    ///   - url: the URL that the request went to, as clients know it; its query does not count.
    ///   - thumbprint: the key that the code (`dpop_jkt`) or the refresh token is bound to; nil when it is bound to
    ///     none.
    ///   - nonce: the nonce this server gave out last; nil when it gives out none, then a nonce is not looked at.
    public init(tokenRequest method: HTTPMethod, _ url: EndpointURL, boundTo thumbprint: String?, nonce: String?) {
        self.method = method
        self.url = url
        self.nonce = nonce
        keyThumbprint = thumbprint
        accessToken = nil
    }

    /// Expects the proof of a request with an access token: `ath` is required then.
    ///
    /// - Parameters:
    ///   - accessToken: the token that came with the request.
    ///   - thumbprint: the key that the token is bound to: `cnf.jkt` of its claims or its introspection.
    ///   - method: the request's method.
    ///   - url: the URL that the request went to, as clients know it; its query does not count.
    ///   - nonce: the nonce this server gave out last; nil when it gives out none, then a nonce is not looked at.
    public init(
        useOf accessToken: AccessToken, boundTo thumbprint: String, method: HTTPMethod, _ url: EndpointURL,
        nonce: String?
    ) {
        self.method = method
        self.url = url
        self.nonce = nonce
        keyThumbprint = thumbprint
        self.accessToken = accessToken
    }
}
