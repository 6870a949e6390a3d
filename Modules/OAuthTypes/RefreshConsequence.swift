/// What a failure at the token endpoint means for the refresh token that was sent.
package enum RefreshConsequence: Sendable {
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

    /// Judges `error`.
    ///
    /// A server error without a readable body leaves open whether the token was replaced, as a broken connection does.
    package init(_ error: TokenEndpointError) {
        switch error {
        case .grantMismatch, .endpointUnknown, .authenticationFailed: self = .notSent
        case .transport(let failure): self = failure.sent == .nothing ? .notSent : .outcomeUnknown
        case .rejected(let response, _): self = .rejected(response)
        case .status(let status): self = status >= 500 ? .outcomeUnknown : .unexplained(status: status)
        case .redirected, .contentType: self = .invalidResponse("\(error)")
        // The answer says that tokens were issued.
        case .malformed, .unsupportedTokenType: self = .unusable("\(error)")
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

extension RefreshConsequence {
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
        switch error {
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
        // An answer without an error code has its status for one: see RefreshConsequence.unexplained.
        // Of a code that nobody knows a login shows what it means; waiting for it to go by itself may be for ever.
        default: error.hasPrefix("http_4") ? .operator : .loginOnceAccessEnded
        }
    }
}
