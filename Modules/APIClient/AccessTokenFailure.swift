public import OAuthTypes

/// Why there is no access token for a call.
@nonexhaustive
public enum AccessTokenFailure: Error, Sendable, CustomStringConvertible {
    /// Only a new login helps.
    public enum LoginReason: Hashable, Sendable {
        /// The access token ended and no refresh token was issued.
        case noRefreshToken
        /// The authorization server called the refresh token invalid.
        case refreshTokenRefused
        /// An earlier refresh may or may not have used the refresh token up, and sending it again is not allowed.
        case outcomeUnknown
        /// The session was ended meanwhile.
        case sessionEnded
    }

    /// The user has to log in again.
    case loginNeeded(LoginReason)
    /// The authorization server refused the refresh for another reason than the refresh token. It is asked again later.
    case refused(OAuthErrorResponse)
    /// The authorization server could not be reached. It is asked again later.
    case unreachable
    /// The connection broke during the refresh.
    case outcomeUnknown
    /// The authorization server's answer to the refresh was not valid. It is asked again later.
    case invalidResponse
    /// A refresh failed a moment ago; the next one is allowed at the given time.
    case backingOff(until: UnixTime)
    /// Another process holds the refresh and did not finish it in time.
    case busy
    /// The place where the tokens are kept failed with this error.
    case vault(any Error)

    /// The failure in words, without any token.
    public var description: String {
        switch self {
        case .loginNeeded(.noRefreshToken): "log in again: the access token ended, and there is no refresh token"
        case .loginNeeded(.refreshTokenRefused): "log in again: the authorization server refused the refresh token"
        case .loginNeeded(.outcomeUnknown): "log in again: it is unknown whether the refresh token was used up"
        case .loginNeeded(.sessionEnded): "log in again: the session was ended"
        case .refused(let response): "the authorization server refused the refresh: \(response)"
        case .unreachable: "the authorization server could not be reached for the refresh"
        case .outcomeUnknown: "the connection to the authorization server broke during the refresh"
        case .invalidResponse: "the authorization server answered the refresh with an invalid token response"
        case .backingOff(let time): "a refresh failed a moment ago; the next one is allowed at \(time)"
        case .busy: "another process holds the refresh and did not finish it in time"
        case .vault(let error): "the token vault failed: \(type(of: error))"
        }
    }
}
