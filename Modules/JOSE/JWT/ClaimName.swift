/// A claim that is checked here, with its name on the wire.
public enum ClaimName: String, Hashable, Sendable {
    /// RFC 7519 §4.1.1.
    case issuer = "iss"
    /// RFC 7519 §4.1.2.
    case subject = "sub"
    /// RFC 7519 §4.1.3.
    case audience = "aud"
    /// RFC 7519 §4.1.4.
    case expiration = "exp"
    /// RFC 7519 §4.1.5.
    case notBefore = "nbf"
    /// RFC 7519 §4.1.6.
    case issuedAt = "iat"
    /// RFC 7519 §4.1.7.
    case jwtID = "jti"
    /// OpenID Connect Core §2.
    case nonce
    /// OpenID Connect Core §2.
    case authorizedParty = "azp"
    /// OpenID Connect Core §2.
    case authenticationTime = "auth_time"
    /// OpenID Connect Core §2.
    case acr
    /// OpenID Connect Core §2.
    case authenticationMethods = "amr"
    /// OpenID Connect Core §3.1.3.6.
    case atHash = "at_hash"
    /// OpenID Connect Core §3.3.2.11.
    case codeHash = "c_hash"
    /// Financial-grade API 1.0 Part 2 §5.1: the hash of `state`.
    case stateHash = "s_hash"
    /// OpenID Connect Front-Channel Logout §3.
    case sessionID = "sid"
    /// RFC 8693 §4.3.
    case clientID = "client_id"
    /// RFC 8693 §4.2.
    case scope
    /// The tenant of the user, as Microsoft Entra names it.
    case tenant = "tid"
    /// The identifier of the user's organization, as Auth0 names it.
    case organizationID = "org_id"
    /// The name of the user's organization, as Auth0 names it.
    case organizationName = "org_name"
    /// The domain of the user's organization, as Google names it.
    case hostedDomain = "hd"
    /// The permissions that Auth0 grants through roles.
    case permissions
    /// RFC 8417 §2.2: a logout token or another security event.
    case events
    /// RFC 6749 §4.1.2, as a claim in JWT Secured Authorization Response Mode §2.1.
    case code
    /// RFC 6749 §4.1.2.1, likewise.
    case error
    /// RFC 6749 §4.1.2.1, likewise.
    case errorDescription = "error_description"
    /// RFC 6749 §4.1.2, likewise.
    case state
    /// RFC 9449 §4.2: the method of the request.
    case method = "htm"
    /// RFC 9449 §4.2: the URL of the request.
    case url = "htu"
    /// RFC 9449 §4.2: the hash of the access token.
    case ath
}

extension ClaimName {
    /// Whether the value in a token may be shown to the operator: parties, never persons or secrets.
    var isShown: Bool {
        switch self {
        case .issuer, .audience, .authorizedParty: true
        case .tenant, .organizationID, .organizationName, .hostedDomain: true
        default: false
        }
    }
}
