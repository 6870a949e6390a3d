public import JOSE
public import OAuthTypes
public import TokenExchange

/// How the app proves to the provider which client it is (RFC 6749 §2.3, OpenID Connect Core §9).
public enum ClientCredential: Sendable {
    /// The client secret. Without a method the provider's metadata decides: `client_secret_basic` where ID and secret can be
    /// written in one way only, else `client_secret_post`. A provider that lists neither is refused before a user is sent there.
    case secret(ClientSecret, method: ClientAuthenticationMethod? = nil)
    /// `client_secret_jwt`: an assertion with an HMAC by the client secret, which stays here.
    case secretJWT(ClientSecret, algorithm: MACAlgorithm = .hs256, assertion: ClientAssertion = ClientAssertion())
    /// `private_key_jwt`: an assertion signed with the current key of ``LoginSettings/clientKeys``.
    case privateKeyJWT(ClientAssertion = ClientAssertion())
    /// Apple's client secret, which the app signs with its own key whenever one is needed.
    case appleSecret(AppleClientSecret)
    /// `tls_client_auth`: the certificate of the connection, issued by an authority that the provider trusts (RFC 8705 §2.1).
    /// The transport carries it.
    case tls
    /// `self_signed_tls_client_auth`: a certificate that the provider knows by itself (RFC 8705 §2.2).
    case selfSignedTLS
    /// `none`: the client ID alone, for a client that is registered without credentials. PKCE then is all that ties a code to
    /// this app; give a server a secret or a key instead.
    case none

    /// The registered name of the method (RFC 7591 §2); nil while the provider's metadata decides.
    public var methodName: String? {
        switch self {
        case .secret(_, let method): method?.rawValue
        case .secretJWT: "client_secret_jwt"
        case .appleSecret: "client_secret_post"
        case .privateKeyJWT: "private_key_jwt"
        case .tls: "tls_client_auth"
        case .selfSignedTLS: "self_signed_tls_client_auth"
        case .none: "none"
        }
    }

    /// The client secret; nil for a credential without one.
    public var clientSecret: ClientSecret? {
        switch self {
        case .secret(let secret, _), .secretJWT(let secret, _, _): secret
        case .privateKeyJWT, .appleSecret, .tls, .selfSignedTLS, .none: nil
        }
    }

    /// Whether requests go to the endpoints for connections with a certificate.
    var usesMutualTLS: Bool {
        switch self {
        case .tls, .selfSignedTLS: true
        case .secret, .secretJWT, .privateKeyJWT, .appleSecret, .none: false
        }
    }

    var assertion: ClientAssertion? {
        switch self {
        case .secretJWT(_, _, let assertion), .privateKeyJWT(let assertion): assertion
        case .secret, .appleSecret, .tls, .selfSignedTLS, .none: nil
        }
    }
}

/// What a client assertion says besides the client (RFC 7523 §3).
public struct ClientAssertion: Sendable, Hashable {
    /// Whom an assertion is for.
    public enum Audience: Sendable, Hashable {
        /// The provider's issuer, as one text. Nobody else can use the assertion.
        case issuer
        /// The URL of the token endpoint, for the many providers that accept nothing else. The provider's metadata names that URL:
        /// a key that signs for it must serve no other issuer, which could name this one's endpoint as its own.
        case tokenEndpoint
        /// The URL of the endpoint that the request goes to, for providers that accept nothing else where requests are pushed. The same
        /// holds as for ``tokenEndpoint``.
        case endpoint
    }

    /// Whom it is for.
    public var audience: Audience
    /// The header type; every provider accepts `JWT`, and the successor of RFC 7523 wants `client-authentication+jwt`.
    public var type: String

    /// Creates the usual form, for the issuer.
    public init(audience: Audience = .issuer, type: String = "JWT") {
        self.audience = audience
        self.type = type
    }
}
