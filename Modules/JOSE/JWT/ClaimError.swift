/// A claim that is judged here, as it is named on the wire.
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
    case tokenID = "jti"
    /// OpenID Connect Core §2.
    case nonce
    /// OpenID Connect Core §2.
    case authorizedParty = "azp"
    /// OpenID Connect Core §2.
    case authenticationTime = "auth_time"
    /// OpenID Connect Core §2.
    case contextClass = "acr"
    /// OpenID Connect Core §2.
    case authenticationMethods = "amr"
    /// OpenID Connect Core §3.1.3.6.
    case accessTokenHash = "at_hash"
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
    case tokenHash = "ath"
}

/// Why claims with a good signature were refused. Names the claim, never its value.
@nonexhaustive
public enum ClaimError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A required claim is not there.
    case missing(ClaimName)
    /// A claim is of the wrong type or breaks the rules of its values.
    case malformed(ClaimName)
    /// A claim has not the value that was expected.
    case mismatch(ClaimName)
    /// A claim that this kind of token never has.
    case forbidden(ClaimName)
    /// Two claims that exclude each other.
    case conflict(ClaimName, ClaimName)
    /// `exp` has passed.
    case expired
    /// `exp` lies further ahead than this kind of token may live.
    case expiresTooLate
    /// `nbf` has not come yet.
    case notYetValid
    /// `iat` lies in the future.
    case issuedInFuture
    /// `iat` is longer ago than this kind of token may live.
    case issuedTooLongAgo
    /// `auth_time` is longer ago than `max_age` allows, or in the future.
    case authenticationTime

    /// The case as a word that stays the same between releases.
    public var code: String {
        switch self {
        case .missing(let name): "missing_\(name.rawValue)"
        case .malformed(let name): "malformed_\(name.rawValue)"
        case .mismatch(let name): "wrong_\(name.rawValue)"
        case .forbidden(let name): "forbidden_\(name.rawValue)"
        case .conflict(let name, let other): "conflict_\(name.rawValue)_\(other.rawValue)"
        case .expired: "expired"
        case .expiresTooLate: "expires_too_late"
        case .notYetValid: "not_yet_valid"
        case .issuedInFuture: "issued_in_future"
        case .issuedTooLongAgo: "issued_too_long_ago"
        case .authenticationTime: "authentication_time"
        }
    }

    /// The reason in words.
    public var description: String {
        switch self {
        case .missing(let name): "the claim \(name.rawValue) is missing"
        case .malformed(let name): "the claim \(name.rawValue) is malformed"
        case .mismatch(let name): "the claim \(name.rawValue) has not the expected value"
        case .forbidden(let name): "the claim \(name.rawValue) shows that this is another kind of token"
        case .conflict(let name, let other): "the claims \(name.rawValue) and \(other.rawValue) exclude each other"
        case .expired: "the token has expired"
        case .expiresTooLate: "the token lives longer than this kind of token may"
        case .notYetValid: "the token is not valid yet"
        case .issuedInFuture: "the token was issued in the future: compare the clocks"
        case .issuedTooLongAgo: "the token was issued longer ago than this kind of token may live"
        case .authenticationTime: "the user's authentication is older than max_age allows, or in the future"
        }
    }
}
