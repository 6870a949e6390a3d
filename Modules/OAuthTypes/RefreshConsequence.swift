/// What a failure at the token endpoint means for the refresh token that was sent.
package enum RefreshConsequence: Sendable {
    /// The server refused with an error response; after `invalid_grant` the refresh token is invalid.
    case rejected(OAuthErrorResponse)
    /// The server refused with this status and without a readable error.
    case unexplained(status: Int)
    /// Nothing was sent: the refresh token is unchanged.
    case notSent
    /// The request may have arrived, and there was no response: the server may have replaced the token.
    case outcomeUnknown
    /// The response did not come from a token endpoint, but for example from a proxy. The text says what is wrong,
    /// without any of the response.
    case invalidResponse(String)
    /// The server granted tokens that cannot be read or used: the old token may have been replaced. The text says what
    /// is wrong, without any of the response.
    case unusable(String)

    /// Creates the consequence of `error`.
    ///
    /// After a server error without a readable body it is unknown whether the token was replaced, as after a broken
    /// connection.
    package init(_ error: TokenEndpointError) {
        switch error {
        case .grantMismatch, .endpointUnknown, .authenticationFailed: self = .notSent
        case .transport(let failure): self = failure.sent == .nothing ? .notSent : .outcomeUnknown
        case .rejected(let response, _): self = .rejected(response)
        case .status(let status): self = status >= 500 ? .outcomeUnknown : .unexplained(status: status)
        case .redirected, .contentType: self = .invalidResponse("\(error)")
        // The response says that tokens were issued.
        case .malformed, .unsupportedTokenType: self = .unusable("\(error)")
        }
    }
}

/// Who can resolve a failed refresh.
package enum RefreshRemedy: Sendable, Hashable {
    /// The user, by a login; the refresh token is invalid.
    case login
    /// The user, by a login; until it succeeds the refresh token is kept.
    case loginKeepingToken
    /// The user, by a login, once the access token has expired; before that nothing has to be done. The refresh token
    /// is kept.
    case loginOnceAccessEnded
    /// The operator of the app.
    case `operator`
    /// Time.
    case wait
}

extension RefreshConsequence {
    /// Who can resolve it.
    package var remedy: RefreshRemedy {
        switch self {
        case .rejected(let response): response.remedyAtRefresh
        // glewlwyd answers an invalid refresh token with 400 and an empty body.
        case .unexplained(let status): status == 400 ? .loginOnceAccessEnded : status == 429 ? .wait : .operator
        case .notSent, .outcomeUnknown: .wait
        case .invalidResponse, .unusable: .operator
        }
    }
}

extension OAuthErrorResponse {
    /// Who can resolve a refresh that was refused with this error.
    package var remedyAtRefresh: RefreshRemedy {
        switch error {
        case "invalid_grant": .login
        // Core §3.1.2.6, RFC 9470 §3, and what Entra and Auth0 answer when further factors are required.
        case "interaction_required", "login_required", "consent_required", "account_selection_required",
            "insufficient_user_authentication", "unmet_authentication_requirements", "mfa_required",
            "mfa_registration_required":
            .loginKeepingToken
        // LemonLDAP::NG answers an invalid refresh token with invalid_request; others have codes of their own.
        case "invalid_request", "invalid_token", "expired_token", "access_denied": .loginOnceAccessEnded
        // RFC 6749 §4.1.2.1, RFC 8628 §3.5
        case "server_error", "temporarily_unavailable", "slow_down", "http_429": .wait
        // RFC 6749 §5.2, RFC 8707 §2
        case "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope", "invalid_target":
            .operator
        // A response without an error code has its status as a code: see RefreshConsequence.unexplained. A login shows
        // what an unknown code means; waiting might never help.
        default: error.hasPrefix("http_4") ? .operator : .loginOnceAccessEnded
        }
    }
}
