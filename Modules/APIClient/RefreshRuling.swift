import OAuthTypes

/// What a failed refresh means for the refresh token, and for the callers that wait for the access token.
struct RefreshRuling: Sendable {
    let outcome: RefreshOutcome
    let failure: AccessTokenError

    /// Applies the rules of `Docs/Guides/RefreshingTokens.md`.
    /// - Parameters:
    ///   - error: the error of the refresher.
    ///   - isUrgent: whether there is no usable access token.
    ///   - pause: how long to wait before the next try, in seconds, if waiting helps.
    init(on error: TokenEndpointError, isUrgent: Bool, pause: Int64, at now: UnixTime) {
        let failure = RefreshConsequence(error)
        switch failure.remedy {
        case .login:
            self.init(.ended, failingWith: .loginNeeded(.refreshTokenRefused))
        case .loginKeepingToken:
            self.init(askingForLogin: failure, at: now)
        case .loginOnceAccessEnded where isUrgent:
            self.init(askingForLogin: failure, at: now)
        case .loginOnceAccessEnded, .operator, .wait:
            self.init(postponing: failure, until: now.adding(seconds: pause))
        }
    }

    private init(_ outcome: RefreshOutcome, failingWith failure: AccessTokenError) {
        self.outcome = outcome
        self.failure = failure
    }

    // Only the user at the login page can change the answer, so there is no hurry to ask again.
    private init(askingForLogin failure: RefreshConsequence, at now: UnixTime) {
        let setback = RefreshSetback(code: failure.code, needsLogin: true)
        self.init(
            .postponed(until: now.adding(seconds: RefreshPolicy.longestPause), because: setback),
            failingWith: .loginNeeded(.interactionRequired(code: failure.code)))
    }

    private init(postponing failure: RefreshConsequence, until time: UnixTime) {
        let setback = RefreshSetback(code: failure.code, needsLogin: false)
        switch failure {
        case .rejected(let response):
            self.init(.postponed(until: time, because: setback), failingWith: .refused(response))
        case .unexplained:
            self.init(
                .postponed(until: time, because: setback),
                failingWith: .refused(OAuthErrorResponse(error: failure.code)))
        case .notSent: self.init(.postponed(until: time), failingWith: .unreachable)
        case .invalidResponse(let words): self.init(.postponed(until: time), failingWith: .invalidResponse(words))
        case .unusable(let words): self.init(.unknown, failingWith: .unusable(words))
        case .outcomeUnknown: self.init(.unknown, failingWith: .outcomeUnknown)
        }
    }
}

extension RefreshConsequence {
    /// The server's error code, or the status if it sent none.
    fileprivate var code: String {
        switch self {
        case .rejected(let response): response.error
        case .unexplained(let status): "http_\(status)"
        case .notSent, .outcomeUnknown, .invalidResponse, .unusable: ""
        }
    }
}
