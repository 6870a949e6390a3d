import CryptoPrimitives
import OAuthTypes

/// What to do for a caller that needs an access token.
enum RefreshDecision: Sendable {
    /// This token is valid.
    case use(AccessToken)
    /// A refresh is due: take the lease.
    case refresh(RefreshToken)
    /// Tokens arrived earlier and are not checked yet: take the lease.
    case check(PendingTokens)
    /// Another caller is refreshing, and no token can be used meanwhile.
    case wait
    /// There is no token other than the refused one.
    case noOther
    /// There is no token.
    case stop(AccessTokenError)
}

extension RefreshPolicy {
    /// Decides from the entry of the token store.
    /// - Parameter refused: a token that an API called invalid.
    func decide(_ entry: TokenStoreEntry, refusing refused: AccessToken?, at now: UnixTime) -> RefreshDecision {
        let usable = usableToken(entry, refusing: refused, at: now)
        if let usable, let access = entry.access, !isDue(access, at: now) { return .use(usable) }
        if entry.isWithoutAccessToken { return usable.map(RefreshDecision.use) ?? .stop(.noneIssued) }
        if let refused, wasJustIssued(refused, as: entry, at: now) { return .noOther }
        switch availability(entry.refresh, at: now) {
        case .free(let token): return .refresh(token)
        case .unchecked(let pending): return .check(pending)
        case .taken: return usable.map(RefreshDecision.use) ?? .wait
        case .none(let failure): return usable.map(RefreshDecision.use) ?? .stop(failure)
        }
    }

    /// The entry's token if it is valid and was not refused.
    func usableToken(_ entry: TokenStoreEntry, refusing refused: AccessToken?, at now: UnixTime) -> AccessToken? {
        guard let access = entry.access, access.expiresAt.map({ now < $0 }) ?? true else { return nil }
        if let refused, access.token.hasSameText(as: refused) { return nil }
        return access.token
    }

    private func isDue(_ access: CachedAccessToken, at now: UnixTime) -> Bool {
        guard let end = access.expiresAt else { return false }
        let life = max(end.seconds(since: access.receivedAt), 0)
        return now >= end.adding(seconds: -min(leeway.wholeSeconds, life / 4))
    }

    private func wasJustIssued(_ refused: AccessToken, as entry: TokenStoreEntry, at now: UnixTime) -> Bool {
        guard entry.refresh.generation > 0, entry.refresh.pending == nil, let access = entry.access,
            access.token.hasSameText(as: refused)
        else { return false }
        return (0..<RefreshPolicy.youngestReplaced).contains(now.seconds(since: access.receivedAt))
    }

    private enum Availability {
        case free(RefreshToken)
        case unchecked(PendingTokens)
        case taken
        case none(AccessTokenError)
    }

    private func availability(_ state: RefreshState, at now: UnixTime) -> Availability {
        guard let token = state.token else { return .none(.loginNeeded(state.loginReason)) }
        if let attempt = state.attempt, !attempt.isLost(at: now) { return .taken }
        let pause = state.retryAt.flatMap { isPause(until: $0, at: now) ? $0 : nil }
        if let pending = state.pending {
            return pause.map { .none(.unverified(until: $0)) } ?? .unchecked(pending)
        }
        let lost = state.unknownOutcomes + (state.mayHaveSent ? 1 : 0)
        guard lost <= (afterUnknownOutcome == .resendOnce ? 1 : 0) else { return .none(.loginNeeded(.outcomeUnknown)) }
        return pause.map { .none(AccessTokenError(state.setback, pausingUntil: $0)) } ?? .free(token)
    }

    // A pause longer than any that is ever set comes from a clock that was set back, and must not last.
    private func isPause(until time: UnixTime, at now: UnixTime) -> Bool {
        (1...RefreshPolicy.longestPause + RefreshPolicy.clockSkew.wholeSeconds).contains(time.seconds(since: now))
    }
}

extension RefreshState {
    /// Why only a login helps when there is no refresh token.
    fileprivate var loginReason: AccessTokenError.LoginReason {
        guard isRefused else { return .noRefreshToken }
        return refusal.map { .idTokenRefused(code: $0.code) } ?? .refreshTokenRefused
    }
}

extension AccessTokenError {
    /// What a caller is told until the server is asked again.
    fileprivate init(_ setback: RefreshSetback?, pausingUntil time: UnixTime) {
        switch setback {
        case nil: self = .backingOff(until: time)
        case let setback? where setback.needsLogin: self = .loginNeeded(.interactionRequired(code: setback.code))
        case let setback?: self = .refused(OAuthErrorResponse(error: setback.code))
        }
    }
}

extension AccessToken {
    func hasSameText(as other: AccessToken) -> Bool {
        ConstantTime.equal(Array(exposedText.utf8), Array(other.exposedText.utf8))
    }
}
