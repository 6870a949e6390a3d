public import OAuthTypes

/// The ways to present a client secret (OpenID Connect Core §9).
public enum SecretMethod: String, Sendable, Hashable, CaseIterable {
    /// In the `Authorization` field.
    case basic = "client_secret_basic"
    /// In the form.
    case post = "client_secret_post"

    /// Chooses for a provider: basic where it lists it or lists nothing (RFC 8414 §2), otherwise post.
    ///
    /// A provider that lists neither gets post: many list only what they added.
    public init(for provider: ProviderMetadata) {
        let listed = provider.tokenEndpointAuthMethodsSupported
        self = listed?.contains(SecretMethod.basic.rawValue) ?? true ? .basic : .post
    }

    /// The client authentication that presents `secret` this way.
    public func authentication(_ secret: ClientSecret) -> any ClientAuthentication {
        switch self {
        case .basic: SecretBasic(secret)
        case .post: SecretPost(secret)
        }
    }
}
