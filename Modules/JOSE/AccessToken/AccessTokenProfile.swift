/// The format of an authorization server's JWT access tokens.
public struct AccessTokenProfile: Hashable, Sendable {
    enum Form: Sendable { case rfc9068, auth0 }

    let form: Form

    /// The standard format (RFC 9068): header type `at+jwt`, and `iss`, `exp`, `aud`, `sub`, `client_id`, `iat` and
    /// `jti` required.
    public static let rfc9068 = AccessTokenProfile(form: .rfc9068)

    /// Auth0's own format: header type `JWT` or none, the client in `azp`, permissions in `permissions`.
    ///
    /// The header does not distinguish such a token from an ID token. The audience decides, which is the API's
    /// identifier and no client's, and tokens with claims that only ID tokens or security events have (`nonce`,
    /// `at_hash`, `c_hash`, `events`) are refused. Never configure a client ID as an API's audience.
    public static let auth0 = AccessTokenProfile(form: .auth0)

    var types: [HeaderType] {
        switch form {
        case .rfc9068: [.accessToken]
        case .auth0: [.absent, .jwt]
        }
    }
}
