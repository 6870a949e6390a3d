public import OAuthTypes

/// Proves at the token endpoint that the request comes from the client (RFC 6749 §2.3).
///
/// The law: it adds credentials to the body or to the fields, never to both and never to the URL, changes nothing
/// else, and makes fresh ones for every request. It is called once a request, from any number of tasks. Throwing means
/// that nothing is sent.
public protocol ClientAuthentication: Sendable {
    /// Adds the credentials of `client` to a request that goes to `endpoint`.
    func authenticate(_ request: inout TokenRequest, as client: ClientID, at endpoint: EndpointURL) async throws
}
