/// Why no new tokens came.
public enum RefreshError: Error, Sendable, CustomStringConvertible {
    /// The server refused and said why; with `invalid_grant` the refresh token is of no more use.
    case rejected(OAuthErrorResponse)
    /// The server refused with this status and no error that can be read.
    case unexplained(status: Int)
    /// Nothing was sent: the refresh token is as good as before.
    case notSent
    /// The request may have arrived and no answer came: the server may or may not have replaced the token.
    case outcomeUnknown
    /// What came is no answer of a token endpoint, as from a proxy; the words say what is wrong, without any of its text.
    case invalidResponse(String)
    /// The server granted the refresh with tokens that cannot be read or used: the old token may be used up. The words
    /// say what is wrong, without any of its text.
    case unusable(String)

    /// The failure in words, without any token.
    public var description: String {
        switch self {
        case .rejected(let response): "the authorization server refused the refresh: \(response)"
        case .unexplained(let status): "the authorization server refused the refresh with \(status) and no reason"
        case .notSent: "the authorization server could not be reached; nothing was sent"
        case .outcomeUnknown: "the connection broke while refreshing; whether the server answered is unknown"
        case .invalidResponse(let words): "no answer to the refresh that can be used: \(words)"
        case .unusable(let words): "the refresh was granted with tokens that cannot be used: \(words)"
        }
    }
}

/// Who can mend a failed refresh.
package enum RefreshRemedy: Sendable, Hashable {
    /// The user, by a login; the refresh token is of no more use.
    case login
    /// The user, by a login; until it succeeds the refresh token is kept.
    case loginKeepingToken
    /// The user, by a login, if the access token has ended; before that nobody has to do anything. The refresh token is kept.
    case loginOnceAccessEnded
    /// The people who run the app.
    case `operator`
    /// Time.
    case wait
}

extension RefreshError {
    /// Who can mend it.
    package var remedy: RefreshRemedy {
        switch self {
        case .rejected(let response): response.remedyAtRefresh
        // glewlwyd answers a dead refresh token with 400 and an empty body.
        case .unexplained(let status): status == 400 ? .loginOnceAccessEnded : status == 429 ? .wait : .operator
        case .notSent, .outcomeUnknown: .wait
        case .invalidResponse, .unusable: .operator
        }
    }
}

extension OAuthErrorResponse {
    /// Who can mend a refresh that was refused with this.
    package var remedyAtRefresh: RefreshRemedy {
        switch code {
        case "invalid_grant": .login
        // Core §3.1.2.6, RFC 9470 §3, and what Entra and Auth0 answer when more factors have become due.
        case "interaction_required", "login_required", "consent_required", "account_selection_required",
            "insufficient_user_authentication", "unmet_authentication_requirements", "mfa_required",
            "mfa_registration_required":
            .loginKeepingToken
        // LemonLDAP::NG answers a dead refresh token with invalid_request; others know words of their own.
        case "invalid_request", "invalid_token", "expired_token", "access_denied": .loginOnceAccessEnded
        // RFC 6749 §4.1.2.1, RFC 8628 §3.5
        case "server_error", "temporarily_unavailable", "slow_down", "http_429": .wait
        // RFC 6749 §5.2, RFC 8707 §2
        case "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope", "invalid_target":
            .operator
        // An answer without an error code has its status for one: see RefreshError.unexplained.
        // Of a code that nobody knows a login shows what it means; waiting for it to go by itself may be for ever.
        default: code.hasPrefix("http_4") ? .operator : .loginOnceAccessEnded
        }
    }
}
