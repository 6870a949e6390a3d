public import OAuthTypes

/// The client ID in the form and nothing else: `none` for a client without credentials (RFC 6749 §3.2.1), and
/// `tls_client_auth` or `self_signed_tls_client_auth` where the connection's certificate proves who calls (RFC 8705 §2).
public struct ClientIDOnly: ClientAuthentication {
    /// Creates the method.
    public init() {}

    /// Adds `client_id` to the form.
    public func authenticate(_ request: inout TokenRequest, as client: ClientID, at endpoint: EndpointURL) async {
        request.parameters.append(("client_id", client.text))
    }
}

extension ClientAuthentication where Self == ClientIDOnly {
    /// The client ID alone.
    public static var clientIDOnly: ClientIDOnly { ClientIDOnly() }
}
