public import OAuthTypes

/// The refresh token of a login and what became of its uses.
public struct RefreshState: Sendable {
    /// The refresh token; nil when none was issued or the server refused it.
    public internal(set) var token: RefreshToken?
    /// Whether the server refused the refresh token.
    public internal(set) var isRefused = false
    /// The attempt in progress, alive or lost.
    public internal(set) var attempt: RefreshAttempt?
    /// How often a use of this refresh token ended without an answer.
    public internal(set) var unknownOutcomes = 0
    /// How often refreshing failed in a row.
    public internal(set) var failures = 0
    /// When refreshing is allowed again after a failure.
    public internal(set) var retryAt: UnixTime?
    /// How often the tokens were replaced since the login.
    public internal(set) var generation = 0

    /// Changes with every change.
    var version = 0
    /// The attempt settled last, by which a repeated settlement is recognised.
    var settledAttempt: [UInt8]?

    init(token: RefreshToken?) { self.token = token }

    /// Whether the attempt in progress is one that sends.
    var mayHaveSent: Bool { attempt.map { !$0.isHold } ?? false }
}

/// The tokens of one login as a value that decides claims and settlements; a vault makes its steps atomic and durable.
///
/// One refresh token serves all targets (RFC 6749 §6), so there is one attempt at a time whatever the target.
public struct StoredTokens: Sendable {
    /// Targets with an access token of their own; the one that ends first makes room.
    public static let maximumTargets = 16

    var refresh: RefreshState
    var access: [TokenTarget: HeldAccessToken]

    /// Takes what a login brought.
    /// - Parameters:
    ///   - tokens: the token endpoint's answer.
    ///   - target: what the access token is for; by default the API of the login.
    public init(_ tokens: TokenSet, for target: TokenTarget = TokenTarget()) {
        refresh = RefreshState(token: tokens.refreshToken)
        access = HeldAccessToken(tokens).map { [target: $0] } ?? [:]
    }

    init(refresh: RefreshState, access: [TokenTarget: HeldAccessToken]) {
        self.refresh = refresh
        self.access = access
    }

    /// The refresh token, for revoking it at logout.
    public var refreshToken: RefreshToken? { refresh.token }

    /// What is held for `target`.
    public func entry(for target: TokenTarget) -> VaultEntry {
        VaultEntry(target: target, access: access[target], refresh: refresh)
    }

    /// Notes `attempt` if nothing changed since `entry` was read and no other attempt is alive; nil, and
    /// no change, otherwise.
    /// - Returns: the entry to make the ``RefreshClaim`` of.
    public mutating func claim(_ entry: VaultEntry, as attempt: RefreshAttempt) -> VaultEntry? {
        guard entry.refresh.version == refresh.version, refresh.token != nil else { return nil }
        guard refresh.attempt.map({ $0.isLost(at: attempt.startedAt) }) ?? true else { return nil }
        // Whoever claims over an attempt has found it lost: nobody knows how it ended.
        if refresh.mayHaveSent { refresh.unknownOutcomes += 1 }
        refresh.attempt = attempt
        refresh.version &+= 1
        return self.entry(for: entry.target)
    }

    /// Ends a hold that is still there: refreshing is as free as before it.
    package mutating func release(_ hold: RefreshAttempt) {
        guard hold.isHold, refresh.attempt?.id == hold.id else { return }
        refresh.attempt = nil
        refresh.version &+= 1
    }

    /// Notes how `attempt`, claimed at `entry`, ended. The same settlement twice changes nothing; one that comes after
    /// the attempt was taken for lost still counts unless newer tokens are here.
    /// - Returns: what is held for the entry's target now.
    public mutating func settle(_ attempt: RefreshAttempt, of entry: VaultEntry, _ outcome: RefreshOutcome)
        -> VaultEntry
    {
        note(attempt, of: entry, outcome)
        return self.entry(for: entry.target)
    }

    private mutating func note(_ attempt: RefreshAttempt, of entry: VaultEntry, _ outcome: RefreshOutcome) {
        guard refresh.settledAttempt != attempt.id, refresh.generation == entry.refresh.generation else { return }
        if refresh.attempt?.id == attempt.id {
            refresh.attempt = nil
            refresh.settledAttempt = attempt.id
        } else {
            // Somebody claimed after this attempt's deadline. New tokens are kept, everything else is theirs to say.
            guard case .refreshed = outcome else { return }
        }
        apply(outcome, for: entry.target)
        refresh.version &+= 1
    }

    private mutating func apply(_ outcome: RefreshOutcome, for target: TokenTarget) {
        switch outcome {
        case .refreshed(let tokens): replace(with: tokens, for: target)
        case .ended:
            refresh.token = nil
            refresh.isRefused = true
        case .postponed(let time):
            refresh.failures += 1
            refresh.retryAt = time
        case .unknown: refresh.unknownOutcomes += 1
        }
    }

    private mutating func replace(with tokens: TokenSet, for target: TokenTarget) {
        // RFC 6749 §6: a new refresh token replaces the old one; without one the old one stays.
        refresh.token = tokens.refreshToken ?? refresh.token
        refresh.unknownOutcomes = 0
        refresh.failures = 0
        refresh.retryAt = nil
        refresh.generation += 1
        access[target] = HeldAccessToken(tokens)
        while access.count > StoredTokens.maximumTargets, let first = endingFirst(except: target) {
            access[first] = nil
        }
    }

    private func endingFirst(except kept: TokenTarget) -> TokenTarget? {
        let others = access.filter { $0.key != kept }
        return others.min { ($0.value.expiresAt ?? .distantPast) < ($1.value.expiresAt ?? .distantPast) }?.key
    }
}
