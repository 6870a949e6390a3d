/// How an app proves at the token endpoint, and wherever else it calls the development server, that it is the app.
public enum DevClientAuthentication: Hashable, Sendable, CaseIterable {
    /// The secret, in the way that the app chooses: `client_secret_basic` or `client_secret_post` (RFC 6749 §2.3.1).
    case secret
    /// The secret in the Authorization header only: `client_secret_basic`.
    case secretBasic
    /// The secret in the form only: `client_secret_post`.
    case secretPost
    /// An assertion under a MAC with the secret: `client_secret_jwt` (OpenID Connect Core §9).
    case secretJWT
    /// An assertion signed with a key of the app: `private_key_jwt` (OpenID Connect Core §9).
    case privateKeyJWT
    /// No proof: a public client, which PKCE alone protects (RFC 6749 §2.1).
    case none

    /// The names of the methods (RFC 8414 §2).
    var methods: [String] {
        switch self {
        case .secret: ["client_secret_basic", "client_secret_post"]
        case .secretBasic: ["client_secret_basic"]
        case .secretPost: ["client_secret_post"]
        case .secretJWT: ["client_secret_jwt"]
        case .privateKeyJWT: ["private_key_jwt"]
        case .none: ["none"]
        }
    }

    var usesSecret: Bool {
        switch self {
        case .secret, .secretBasic, .secretPost, .secretJWT: true
        case .privateKeyJWT, .none: false
        }
    }
}

/// The audience that the development server accepts in the assertions of an app (RFC 7523 §3).
public enum DevAssertionAudience: Hashable, Sendable, CaseIterable {
    /// The issuer, as one string and nothing else.
    case issuer
    /// The address of the token endpoint, at every endpoint.
    case tokenEndpoint
    /// The issuer, the token endpoint, or the endpoint that is called.
    case any
}
