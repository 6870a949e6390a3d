public import OAuthTypes

/// The tokens of one login as a value that decides leases and settlements; a token store makes its steps atomic and durable.
///
/// One refresh token serves all targets (RFC 6749 §6), so there is one attempt at a time whatever the target.
public struct StoredTokenSet: Sendable {
    /// The maximum number of targets with an access token of their own; the token that expires first makes room.
    public static let maximumTargets = 16

    var refresh: RefreshState
    var access: [TokenTarget: CachedAccessToken]
    /// Targets for which the server issued no access token.
    var barren: Set<TokenTarget> = []

    /// Creates a value from the tokens of a login.
    /// - Parameters:
    ///   - tokens: the token response.
    ///   - target: what the access token is for; by default the API of the login.
    public init(_ tokens: TokenSet, for target: TokenTarget = TokenTarget()) {
        refresh = RefreshState(token: tokens.refreshToken)
        access = CachedAccessToken(tokens).map { [target: $0] } ?? [:]
        // With a refresh token one more try is possible: the login's response may be for OpenID scopes alone.
        if tokens.accessToken == nil, tokens.refreshToken == nil { barren = [target] }
    }

    init(refresh: RefreshState, access: [TokenTarget: CachedAccessToken], barren: Set<TokenTarget>) {
        self.refresh = refresh
        self.access = access
        self.barren = barren
    }

    /// The refresh token, for revoking it at logout.
    public var refreshToken: RefreshToken? { refresh.token }

    /// The tokens that are not checked yet, if they are those of `entry`.
    package func pending(like entry: TokenStoreEntry) -> PendingTokens? {
        refresh.pending.flatMap { $0.id == entry.refresh.pending?.id ? $0 : nil }
    }

    /// The entry for `target`.
    public func entry(for target: TokenTarget) -> TokenStoreEntry {
        TokenStoreEntry(
            target: target, access: access[target], refresh: refresh, isWithoutAccessToken: barren.contains(target))
    }

    /// Records `attempt` if nothing changed since `entry` was read and no other attempt is active; otherwise returns
    /// nil and changes nothing. While tokens are pending, the lease is for their check.
    /// - Returns: the entry to make the ``RefreshLease`` of.
    public mutating func lease(_ entry: TokenStoreEntry, as attempt: RefreshAttempt) -> TokenStoreEntry? {
        guard entry.refresh.version == refresh.version, refresh.token != nil else { return nil }
        guard refresh.attempt.map({ $0.isLost(at: attempt.startedAt) }) ?? true else { return nil }
        // An attempt that another one replaces was lost: its outcome is unknown.
        if refresh.mayHaveSent { refresh.unknownOutcomes += 1 }
        // A check sends nothing: a process that dies during a check leaves no unknown outcome.
        refresh.attempt = refresh.pending == nil ? attempt : attempt.asHold
        refresh.version &+= 1
        return self.entry(for: entry.target)
    }

    /// Ends a hold that still exists: refreshing is possible as before.
    package mutating func release(_ hold: RefreshAttempt) {
        guard hold.isHold, refresh.attempt?.id == hold.id else { return }
        refresh.attempt = nil
        refresh.version &+= 1
    }

    /// Records how `attempt`, whose lease was taken at `entry`, ended. The same settlement twice changes nothing; a
    /// settlement after the attempt was considered lost still counts unless there are newer tokens.
    /// - Returns: the current entry for the entry's target.
    public mutating func settle(_ attempt: RefreshAttempt, of entry: TokenStoreEntry, with outcome: RefreshOutcome)
        -> TokenStoreEntry
    {
        note(attempt, of: entry, with: outcome)
        return self.entry(for: entry.target)
    }
}

extension StoredTokenSet {
    private mutating func note(_ attempt: RefreshAttempt, of entry: TokenStoreEntry, with outcome: RefreshOutcome) {
        guard refresh.settledAttempt != attempt.id else { return }
        let isOurs = refresh.attempt?.id == attempt.id
        let counts = counts(outcome, isOurs: isOurs, of: entry)
        guard counts || isOurs else { return }
        if counts { apply(outcome, of: attempt, for: entry.target) }
        if isOurs { end(attempt, after: outcome) }
        refresh.version &+= 1
    }

    // Another process may have taken the lease after this attempt's deadline. New tokens are kept, and a check counts
    // only for the tokens it was made for; everything else is decided by the other process.
    private func counts(_ outcome: RefreshOutcome, isOurs: Bool, of entry: TokenStoreEntry) -> Bool {
        switch outcome {
        case .verified, .unverified, .discarded:
            pending(like: entry) != nil
        case .arrived, .refreshed: refresh.generation == entry.refresh.generation
        case .ended, .postponed, .unknown: isOurs && refresh.generation == entry.refresh.generation
        }
    }

    private mutating func end(_ attempt: RefreshAttempt, after outcome: RefreshOutcome) {
        if case .arrived = outcome, refresh.pending?.id == attempt.id {
            refresh.attempt = refresh.attempt?.asHold
        } else {
            refresh.attempt = nil
            refresh.settledAttempt = attempt.id
        }
    }

    private mutating func apply(_ outcome: RefreshOutcome, of attempt: RefreshAttempt, for target: TokenTarget) {
        switch outcome {
        case .refreshed(let tokens):
            succeed(tokens)
            hold(tokens, for: target)
        case .arrived(let tokens):
            succeed(tokens)
            refresh.pending = PendingTokens(id: attempt.id, target: target, tokens: tokens)
        case .verified:
            if let pending = refresh.pending { hold(pending.tokens, for: pending.target) }
            refresh.pending = nil
            refresh.succeed()
        case .discarded(let refusal): endRefreshing(refusal)
        case .ended: endRefreshing(nil)
        case .unverified(let time): refresh.fail(until: time, because: nil)
        case .postponed(let time, let setback): refresh.fail(until: time, because: setback)
        case .unknown: refresh.unknownOutcomes += 1
        }
    }

    // RFC 6749 §6: a new refresh token replaces the old one; without one the old one stays.
    private mutating func succeed(_ tokens: TokenSet) {
        refresh.token = tokens.refreshToken ?? refresh.token
        refresh.generation += 1
        refresh.succeed()
    }

    private mutating func endRefreshing(_ refusal: TokenCheck.Refusal?) {
        refresh.token = nil
        refresh.pending = nil
        refresh.isRefused = true
        refresh.refusal = refusal
    }

    // If there is no new access token, the old one is used until it expires.
    private mutating func hold(_ tokens: TokenSet, for target: TokenTarget) {
        guard let held = CachedAccessToken(tokens) else {
            if barren.count < StoredTokenSet.maximumTargets { barren.insert(target) }
            return
        }
        barren.remove(target)
        access[target] = held
        while access.count > StoredTokenSet.maximumTargets, let first = endingFirst(except: target) {
            access[first] = nil
        }
    }

    private func endingFirst(except kept: TokenTarget) -> TokenTarget? {
        let others = access.filter { $0.key != kept }
        return others.min { ($0.value.expiresAt ?? .distantPast) < ($1.value.expiresAt ?? .distantPast) }?.key
    }
}
