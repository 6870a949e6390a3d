public import OAuthTypes

/// The client authentication methods that present a client secret (OpenID Connect Core §9).
public enum ClientAuthenticationMethod: String, Sendable, Hashable, CaseIterable {
    /// In the `Authorization` field.
    case clientSecretBasic = "client_secret_basic"
    /// In the form.
    case clientSecretPost = "client_secret_post"

    /// Chooses a method for a provider from its metadata:
    ///
    /// | the provider lists | client ID and secret | choice |
    /// |---|---|---|
    /// | nothing (RFC 8414 §2), or only basic | any | basic |
    /// | basic and post | only letters, digits, `-`, `.`, `_`, `~` | basic |
    /// | basic and post | any other character in one of them | post |
    /// | post, or neither | any | post |
    ///
    /// Other characters have to be encoded for basic, and providers differ in how they decode them; in the form all
    /// providers read them alike. A provider that lists neither gets post, because many list only additional methods;
    /// see ``offered(by:)``.
    public init(for provider: ProviderMetadata, client: ClientID, secret: ClientSecret) {
        let offered = ClientAuthenticationMethod.offered(by: provider)
        let isPlain =
            ClientAuthenticationMethod.isPlain(client.text) && ClientAuthenticationMethod.isPlain(secret.exposedText)
        self =
            offered.contains(.clientSecretBasic) && (isPlain || !offered.contains(.clientSecretPost))
            ? .clientSecretBasic : .clientSecretPost
    }

    /// The methods that a provider lists; basic if it lists nothing, none if it accepts only other methods.
    public static func offered(by provider: ProviderMetadata) -> Set<ClientAuthenticationMethod> {
        guard let listed = provider.tokenEndpointAuthMethodsSupported else { return [.clientSecretBasic] }
        return Set(listed.compactMap(ClientAuthenticationMethod.init))
    }

    /// Returns the client authentication that presents `secret` with this method.
    public func authentication(_ secret: ClientSecret) -> any ClientAuthentication {
        switch self {
        case .clientSecretBasic: ClientSecretBasic(secret)
        case .clientSecretPost: ClientSecretPost(secret)
        }
    }

    // RFC 3986 §2.3: what no encoding touches.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { octet in
            switch octet {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
            default: false
            }
        }
    }
}
