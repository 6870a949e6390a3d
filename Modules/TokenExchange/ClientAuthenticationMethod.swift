public import OAuthTypes

/// The ways to present a client secret (OpenID Connect Core §9).
public enum ClientAuthenticationMethod: String, Sendable, Hashable, CaseIterable {
    /// In the `Authorization` field.
    case clientSecretBasic = "client_secret_basic"
    /// In the form.
    case clientSecretPost = "client_secret_post"

    /// Chooses for a provider by what it lists:
    ///
    /// | the provider lists | client ID and secret | choice |
    /// |---|---|---|
    /// | nothing (RFC 8414 §2), or basic alone | any | basic |
    /// | basic and post | letters, digits, `-`, `.`, `_`, `~` alone | basic |
    /// | basic and post | anything else in one of them | post |
    /// | post, or neither | any | post |
    ///
    /// What lies outside those characters has to be encoded for basic, and providers differ in how they decode it; in the
    /// form every provider reads it. A provider that lists neither gets post, because many list only what they added;
    /// ``offered(by:)`` tells.
    public init(for provider: ProviderMetadata, client: ClientID, secret: ClientSecret) {
        let offered = ClientAuthenticationMethod.offered(by: provider)
        let isPlain =
            ClientAuthenticationMethod.isPlain(client.text) && ClientAuthenticationMethod.isPlain(secret.exposedText)
        self =
            offered.contains(.clientSecretBasic) && (isPlain || !offered.contains(.clientSecretPost))
            ? .clientSecretBasic : .clientSecretPost
    }

    /// The ways that a provider lists; basic where it lists nothing at all, none where it wants other ways.
    public static func offered(by provider: ProviderMetadata) -> Set<ClientAuthenticationMethod> {
        guard let listed = provider.tokenEndpointAuthMethodsSupported else { return [.clientSecretBasic] }
        return Set(listed.compactMap(ClientAuthenticationMethod.init))
    }

    /// The client authentication that presents `secret` this way.
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
