public import OAuthTypes

/// Authenticates the client at the token endpoint (RFC 6749 §2.3).
///
/// An implementation must add credentials to the body or to the fields, never to both and never to the URL, must change
/// nothing else, and must make new credentials for every request. It is called once per request, from any number of
/// tasks. If it throws, nothing is sent.
public protocol ClientAuthentication: Sendable {
    /// Adds the credentials of `client` to a request to `endpoint`.
    func authenticate(_ request: inout TokenRequest, as client: ClientID, at endpoint: EndpointURL) async throws
}
