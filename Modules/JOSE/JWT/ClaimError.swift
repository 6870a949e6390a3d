public import OAuthTypes

/// Why claims with a valid signature were refused. Names the claim, and shows its value only if it is a party (`iss`,
/// `aud`, `azp`, a tenant or an organization) or a time.
@nonexhaustive
public enum ClaimError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A required claim is missing.
    case missing(ClaimName)
    /// A claim is of the wrong type or breaks the rules of its values.
    case malformed(ClaimName)
    /// A claim does not have the expected value. The values, if neither is secret.
    case mismatch(ClaimName, Mismatch? = nil)
    /// A claim that this kind of token never has.
    case forbidden(ClaimName)
    /// Two claims that exclude each other.
    case conflict(ClaimName, ClaimName)
    /// The key that signed belongs to another issuer than the token names: a key's member `issuer`, where a provider has
    /// an issuer per tenant.
    case keyOfAnotherIssuer
    /// `exp` has passed, by this much.
    case expired(ClockGap)
    /// `exp` is further ahead than this kind of token may live.
    case expiresTooLate
    /// `nbf` is in the future, by this much.
    case notYetValid(ClockGap)
    /// `iat` is in the future, by this much.
    case issuedInFuture(ClockGap)
    /// `iat` is longer ago than this kind of token may live.
    case issuedTooLongAgo
    /// `auth_time` is longer ago than `max_age` allows, or in the future: `age` is negative then.
    case authenticationTime(age: Duration, maxAge: Duration)
    /// The ID token of a refresh is for another user than that of the login (OpenID Connect Core §12.2).
    case subjectChanged
    /// The ID token of a refresh contains another authentication time than that of the login (OpenID Connect Core
    /// §12.2).
    case authTimeChanged(expected: UnixTime, found: UnixTime)

    /// The case as a word that is stable between releases.
    public var code: String {
        switch self {
        case .missing(let name): "missing_\(name.rawValue)"
        case .malformed(let name): "malformed_\(name.rawValue)"
        case .mismatch(let name, _): "wrong_\(name.rawValue)"
        case .forbidden(let name): "forbidden_\(name.rawValue)"
        case .conflict(let name, let other): "conflict_\(name.rawValue)_\(other.rawValue)"
        case .keyOfAnotherIssuer: "key_of_another_issuer"
        case .expired: "expired"
        case .expiresTooLate: "expires_too_late"
        case .notYetValid: "not_yet_valid"
        case .issuedInFuture: "issued_in_future"
        case .issuedTooLongAgo: "issued_too_long_ago"
        case .authenticationTime: "authentication_time"
        case .subjectChanged: "subject_changed"
        case .authTimeChanged: "auth_time_changed"
        }
    }

    /// The reason as text.
    public var description: String {
        switch self {
        case .missing(let name): "the claim \(name.rawValue) is missing"
        case .malformed(let name): "the claim \(name.rawValue) is malformed"
        case .mismatch(let name, nil): "the claim \(name.rawValue) has not the expected value"
        case .mismatch(let name, let values?): "the claim \(name.rawValue) has not the expected value: \(values)"
        case .forbidden(let name): "the claim \(name.rawValue) shows that this is another kind of token"
        case .conflict(let name, let other): "the claims \(name.rawValue) and \(other.rawValue) exclude each other"
        case .keyOfAnotherIssuer:
            "the key that signed is one of another issuer (its member issuer) than the token names"
        case .expired, .expiresTooLate, .notYetValid, .issuedInFuture, .issuedTooLongAgo, .authenticationTime,
            .authTimeChanged:
            timeDescription
        case .subjectChanged: "the refreshed token is of another user than the login's (sub)"
        }
    }

    private var timeDescription: String {
        switch self {
        case .expired(let gap): "the token expired (exp) \(gap.seconds) s ago \(gap.remark)"
        case .notYetValid(let gap): "the token is valid (nbf) only \(gap.seconds) s from now \(gap.remark)"
        case .issuedInFuture(let gap): "the token was issued (iat) \(gap.seconds) s in the future \(gap.remark)"
        case .issuedTooLongAgo: "the token was issued longer ago than this kind of token may live"
        case .authenticationTime(let age, let maxAge):
            age < .zero
                ? "the user's authentication (auth_time) lies \(age.wholeSeconds.magnitude) s in the future: compare the clocks"
                : "the user authenticated (auth_time) \(age.wholeSeconds) s ago, and max_age allows \(maxAge.wholeSeconds) s"
        case .authTimeChanged(let expected, let found):
            "the refreshed token's auth_time is \(found), that of the login was \(expected)"
        default: "the token lives longer than this kind of token may"
        }
    }
}
