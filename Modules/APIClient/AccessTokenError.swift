public import OAuthTypes

/// Why there is no access token for a call.
@nonexhaustive
public enum AccessTokenError: Error, Sendable, CustomStringConvertible {
    /// Only a new login helps.
    public enum LoginReason: Hashable, Sendable {
        /// The access token has expired and no refresh token was issued.
        case noRefreshToken
        /// The authorization server answered `invalid_grant`.
        case refreshTokenRefused
        /// The authorization server needs the user: further factors are required, a consent is missing, or its answer
        /// means an invalid refresh token in other words. The payload is its error code, or `http_400` if it sent none.
        /// The refresh token is kept.
        case interactionRequired(code: String)
        /// New tokens with an invalid ID token. The payload names what is wrong, such as `wrong_nonce`.
        case idTokenRefused(code: String)
        /// An earlier refresh may have used the refresh token, and sending it again is not allowed.
        case outcomeUnknown
        /// The session has ended.
        case sessionEnded
    }

    /// The user has to log in again.
    case loginNeeded(LoginReason)
    /// The authorization server refused the refresh for a reason that a login does not resolve. It is asked again
    /// later.
    case refused(OAuthErrorResponse)
    /// The authorization server issues no access token: only an ID token was returned.
    case noneIssued
    /// New tokens whose ID token could not be verified yet, for example because the provider's keys cannot be fetched.
    /// They are kept; the next try is at the given time.
    case unverified(until: UnixTime)
    /// The authorization server could not be reached. It is asked again later.
    case unreachable
    /// The connection broke during the refresh.
    case outcomeUnknown
    /// The response did not come from an authorization server; the text says what is wrong with it. It is asked again
    /// later.
    case invalidResponse(String)
    /// The refresh returned tokens that cannot be used; the text says what is wrong with them.
    case unusable(String)
    /// A refresh failed a moment ago; the next one is allowed at the given time.
    case backingOff(until: UnixTime)
    /// Another process holds the refresh lease and did not finish in time.
    case busy
    /// The token store failed with this error.
    case tokenStore(any Error)

    /// The failure as text, without any token.
    public var description: String {
        switch self {
        case .loginNeeded(.noRefreshToken): "log in again: the access token ended, and there is no refresh token"
        case .loginNeeded(.refreshTokenRefused): "log in again: the authorization server refused the refresh token"
        case .loginNeeded(.interactionRequired(let code)): "log in again: the authorization server asks for it: \(code)"
        case .loginNeeded(.idTokenRefused(let code)): "log in again: the ID token of the refresh was refused: \(code)"
        case .loginNeeded(.outcomeUnknown): "log in again: it is unknown whether the refresh token was used up"
        case .loginNeeded(.sessionEnded): "log in again: the session was ended"
        case .refused(let response): "the authorization server refused the refresh: \(response)"
        case .unreachable: "the authorization server could not be reached for the refresh"
        case .outcomeUnknown: "the connection to the authorization server broke during the refresh"
        case .noneIssued:
            "the authorization server issued no access token. Ask for the scope or the audience of the API that is to be "
                + "called; some providers issue none for OpenID scopes alone"
        case .unverified(let time):
            "new tokens came, and their ID token could not be verified yet; the next try is at \(time)"
        case .invalidResponse(let words): "no answer to the refresh that can be used: \(words)"
        case .unusable(let words): "the refresh was granted with tokens that cannot be used: \(words)"
        case .backingOff(let time): "a refresh failed a moment ago; the next one is allowed at \(time)"
        case .busy: "another process holds the refresh and did not finish it in time"
        case .tokenStore(let error): "the token store failed: \(type(of: error))"
        }
    }
}

extension AccessTokenError {
    /// Whether the session was ended.
    package var isSessionEnded: Bool {
        if case .loginNeeded(.sessionEnded) = self { true } else { false }
    }

    /// Whether what a token store threw says that the session was ended.
    package static func isSessionEnded(_ error: any Error) -> Bool {
        (error as? AccessTokenError)?.isSessionEnded ?? false
    }
}
