public import OAuthTypes

/// The request that a DPoP proof must have been made for (RFC 9449 §4.3).
///
/// No parameter that could skip a check has a default: `nil` has to be written, and its meaning is documented here.
public struct DPoPExpectations: Sendable {
    let method: HTTPMethod
    let url: EndpointURL
    let accessToken: AccessToken?
    let keyThumbprint: String?
    let nonce: String?

    /// Expects the proof of a token request; a proof with `ath`, which is for the use of a token, is refused.
    ///
    /// - Parameters:
    ///   - method: the request's method.
    ///   - url: the URL that the request was sent to, as clients know it; its query is ignored.
    ///   - thumbprint: the key that the code (`dpop_jkt`) or the refresh token is bound to; nil if it is bound to
    ///     none.
    ///   - nonce: the nonce that this server issued last; nil if it issues none, then a nonce is ignored.
    public init(tokenRequest method: HTTPMethod, url: EndpointURL, boundTo thumbprint: String?, nonce: String?) {
        self.method = method
        self.url = url
        self.nonce = nonce
        keyThumbprint = thumbprint
        accessToken = nil
    }

    /// Expects the proof of a request with an access token: `ath` is then required.
    ///
    /// - Parameters:
    ///   - accessToken: the token of the request.
    ///   - thumbprint: the key that the token is bound to: `cnf.jkt` of its claims or its introspection.
    ///   - method: the request's method.
    ///   - url: the URL that the request was sent to, as clients know it; its query is ignored.
    ///   - nonce: the nonce that this server issued last; nil if it issues none, then a nonce is ignored.
    public init(
        useOf accessToken: AccessToken, boundTo thumbprint: String, method: HTTPMethod, url: EndpointURL,
        nonce: String?
    ) {
        self.method = method
        self.url = url
        self.nonce = nonce
        keyThumbprint = thumbprint
        self.accessToken = accessToken
    }
}
