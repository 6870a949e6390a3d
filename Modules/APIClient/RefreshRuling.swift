import OAuthTypes

/// What a failed refresh means for the refresh token, and for whoever waits for the access token.
struct RefreshRuling: Sendable {
    let outcome: RefreshOutcome
    let failure: AccessTokenError

    /// The rules of `Docs/Guides/RefreshingTokens.md`.
    /// - Parameters:
    ///   - error: what the refresher threw.
    ///   - isUrgent: whether there is no access token that still serves.
    ///   - pause: how long to wait before the next try, in seconds, when waiting helps.
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
    /// The server's error code, or the status where it gave none.
    fileprivate var code: String {
        switch self {
        case .rejected(let response): response.error
        case .unexplained(let status): "http_\(status)"
        case .notSent, .outcomeUnknown, .invalidResponse, .unusable: ""
        }
    }
}
