public import OAuthTypes

/// `client_secret_post`: client ID and secret in the form (RFC 6749 §2.3.1), for servers that do not accept HTTP Basic.
public struct ClientSecretPost: ClientAuthentication {
    private let secret: ClientSecret

    /// Creates the method with the secret issued at registration.
    public init(_ secret: ClientSecret) { self.secret = secret }

    /// Adds `client_id` and `client_secret` to the form.
    public func authenticate(_ request: inout TokenRequest, as client: ClientID, at endpoint: EndpointURL) async {
        request.parameters += [("client_id", client.text), ("client_secret", secret.exposedText)]
    }
}

extension ClientAuthentication where Self == ClientSecretPost {
    /// `client_secret_post`.
    public static func clientSecretPost(_ secret: ClientSecret) -> ClientSecretPost { ClientSecretPost(secret) }
}
