public import OAuthTypes

/// The refresh token of a login and what became of its uses.
public struct RefreshState: Sendable {
    /// The refresh token; nil when none was issued or it may not be used again.
    public internal(set) var token: RefreshToken?
    /// Whether the server refused the refresh token, or what it brought was refused.
    public internal(set) var isRefused = false
    /// Why the tokens of the last refresh may never be used; nil while ``isRefused`` means the server's refusal.
    public internal(set) var refusal: TokenCheck.Refusal?
    /// The attempt in progress, alive or lost.
    public internal(set) var attempt: RefreshAttempt?
    /// Tokens that came and wait for their check. While there are any, no refresh token is sent.
    public internal(set) var pending: PendingTokens?
    /// How often a use of this refresh token ended without an answer.
    public internal(set) var unknownOutcomes = 0
    /// How often refreshing, or checking what came, failed in a row.
    public internal(set) var failures = 0
    /// When refreshing, or checking, is allowed again after a failure.
    public internal(set) var retryAt: UnixTime?
    /// What the server answered to the last refresh, if that was a refusal that left the refresh token alive.
    public internal(set) var setback: RefreshSetback?
    /// How often the tokens were replaced since the login.
    public internal(set) var generation = 0

    /// Changes with every change.
    var version = 0
    /// The attempt settled last, by which a repeated settlement is recognised.
    var settledAttempt: [UInt8]?

    init(token: RefreshToken?) { self.token = token }

    /// Whether the attempt in progress is one that sends.
    var mayHaveSent: Bool { attempt.map { !$0.isHold } ?? false }

    /// Notes a failure after which the same is tried again.
    mutating func fail(until time: UnixTime, because setback: RefreshSetback?) {
        failures += 1
        retryAt = time
        self.setback = setback
    }

    /// Forgets failures: something worked.
    mutating func succeed() {
        unknownOutcomes = 0
        failures = 0
        retryAt = nil
        setback = nil
    }
}
