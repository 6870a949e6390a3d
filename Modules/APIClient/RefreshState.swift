public import OAuthTypes

/// The refresh token of a login and the results of its uses.
public struct RefreshState: Sendable {
    /// The refresh token; nil when none was issued or it may not be used again.
    public internal(set) var token: RefreshToken?
    /// Whether the server refused the refresh token, or its tokens were refused.
    public internal(set) var isRefused = false
    /// Why the tokens of the last refresh may never be used; nil while ``isRefused`` means the server's refusal.
    public internal(set) var refusal: TokenCheck.Refusal?
    /// The attempt in progress, active or lost.
    public internal(set) var attempt: RefreshAttempt?
    /// Tokens that arrived and are not checked yet. While there are any, no refresh token is sent.
    public internal(set) var pending: PendingTokens?
    /// How many uses of this refresh token had no response.
    public internal(set) var unknownOutcomes = 0
    /// How many refreshes, or checks of their tokens, failed in a row.
    public internal(set) var failures = 0
    /// When refreshing, or checking, is allowed again after a failure.
    public internal(set) var retryAt: UnixTime?
    /// The server's answer to the last refresh, if it was a refusal that left the refresh token valid.
    public internal(set) var setback: RefreshSetback?
    /// How often the tokens were replaced since the login.
    public internal(set) var generation = 0

    /// Changes with every change.
    var version = 0
    /// The attempt settled last, by which a repeated settlement is recognized.
    var settledAttempt: [UInt8]?

    init(token: RefreshToken?) { self.token = token }

    /// Whether the attempt in progress is one that sends.
    var mayHaveSent: Bool { attempt.map { !$0.isHold } ?? false }

    /// Records a failure that is retried.
    mutating func fail(until time: UnixTime, because setback: RefreshSetback?) {
        failures += 1
        retryAt = time
        self.setback = setback
    }

    /// Forgets earlier failures after a success.
    mutating func succeed() {
        unknownOutcomes = 0
        failures = 0
        retryAt = nil
        setback = nil
    }
}
