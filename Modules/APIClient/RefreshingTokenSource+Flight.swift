import OAuthTypes

/// The refresh itself: lease, send, settle; then, if there is an ID token, check and settle again.
extension RefreshingTokenSource {
    /// Refreshes, or waits until another caller did.
    func refresh(refusing refused: AccessToken?) async throws(AccessTokenError) -> TokenStoreEntry {
        var backOff = BackOff(limit: policy.maximumWait)
        while true {
            let entry = try await entry()
            switch policy.decide(entry, refusing: refused, at: clock.now) {
            case .use, .noOther: return entry
            case .stop(let failure): throw failure
            case .refresh(let token):
                if let lease = try await lease(entry) {
                    return try await perform(lease, with: token, refusing: refused)
                }
            case .check(let pending):
                if let lease = try await lease(entry) {
                    return try await check(pending, under: lease, refusing: refused)
                }
            case .wait: break
            }
            guard let pause = backOff.next(random) else { throw .busy }
            await sleeper.sleep(pause)
        }
    }

    private func lease(_ entry: TokenStoreEntry) async throws(AccessTokenError) -> RefreshLease? {
        let now = clock.now
        let attempt = RefreshAttempt(
            id: random.bytes(count: 16), startedAt: now, deadline: now.adding(policy.attemptLifetime))
        do { return try await tokenStore.lease(entry, as: attempt) } catch {
            guard !AccessTokenError.isSessionEnded(error) else { throw .loginNeeded(.sessionEnded) }
            // The lease may be written nevertheless, and left alone it would look like a lost refresh.
            guard let found = try? await tokenStore.current(target), found.refresh.attempt?.id == attempt.id
            else { throw .tokenStore(error) }
            return RefreshLease(entry: found, attempt: attempt)
        }
    }

    private func perform(
        _ lease: consuming RefreshLease, with token: RefreshToken, refusing refused: AccessToken?
    ) async throws(AccessTokenError) -> TokenStoreEntry {
        let attempt = lease.attempt
        let sent = await send(token, of: lease.entry, within: attempt, refusing: refused)
        let settled = try await settle(attempt, of: lease.entry, with: sent.outcome)
        if let failure = sent.failure { throw failure }
        guard case .arrived = sent.outcome, let pending = settled.refresh.pending else { return settled }
        return try await check(pending, under: RefreshLease(entry: settled, attempt: attempt), refusing: refused)
    }

    private func send(
        _ token: RefreshToken, of entry: TokenStoreEntry, within attempt: RefreshAttempt, refusing refused: AccessToken?
    ) async -> (outcome: RefreshOutcome, failure: AccessTokenError?) {
        let pause = pause(after: entry.refresh.failures)
        // A slow token store may have used up the time; others may then consider the attempt lost.
        guard clock.now < attempt.deadline else { return (.postponed(until: clock.now.adding(seconds: pause)), .busy) }
        do {
            let tokens = try await refresher.refresh(token, for: target)
            return (tokens.idToken == nil ? .refreshed(tokens) : .arrived(tokens), nil)
        } catch {
            let ruling = RefreshRuling(
                on: error, isUrgent: isUrgent(entry, refusing: refused), pause: pause, at: clock.now)
            return (ruling.outcome, ruling.failure)
        }
    }

    /// Whether the caller has no usable token meanwhile.
    private func isUrgent(_ entry: TokenStoreEntry, refusing refused: AccessToken?) -> Bool {
        policy.usableToken(entry, refusing: refused, at: clock.now) == nil
    }

    /// Settles an outcome; new tokens survive a failing token store.
    private func settle(
        _ attempt: RefreshAttempt, of entry: TokenStoreEntry, with outcome: RefreshOutcome
    ) async throws(AccessTokenError) -> TokenStoreEntry {
        do { return try await tokenStore.settle(RefreshLease(entry: entry, attempt: attempt), with: outcome) } catch {
            if !AccessTokenError.isSessionEnded(error) { keepSettling(attempt, of: entry, with: outcome) }
            throw AccessTokenError(tokenStore: error)
        }
    }

    /// Doubles from 2 s to 60 s, with a random half taken off.
    private func pause(after failures: Int) -> Int64 {
        let full = min(RefreshPolicy.longestPause, 2 << Int64(min(max(failures, 0), 5)))
        let half = full / 2
        let draw = Int64(random.bytes(count: 1).first ?? 0)
        return half + draw % (half + 1)
    }

    /// The token store failed while there are new tokens: they stay in memory, and the write is retried until it
    /// succeeds, the session is gone, or the back-off ends.
    private func keepSettling(_ attempt: RefreshAttempt, of entry: TokenStoreEntry, with outcome: RefreshOutcome) {
        _ = tasks.start { [self] in
            var backOff = BackOff(limit: .seconds(120))
            while let pause = backOff.next(random) {
                await sleeper.sleep(pause)
                do {
                    let settled = try await tokenStore.settle(
                        RefreshLease(entry: entry, attempt: attempt), with: outcome)
                    return await goOn(with: settled, in: attempt, after: outcome)
                } catch {
                    if AccessTokenError.isSessionEnded(error) { return }
                }
            }
        }
    }

    private func goOn(with entry: TokenStoreEntry, in attempt: RefreshAttempt, after outcome: RefreshOutcome) async {
        guard case .arrived = outcome, let pending = entry.refresh.pending else { return }
        _ = try? await check(pending, under: RefreshLease(entry: entry, attempt: attempt), refusing: nil)
    }
}

/// The check of new tokens.
extension RefreshingTokenSource {
    // Keys that are unreachable for a moment are back within this time, and the caller notices nothing.
    private static let checkPauses: [Duration] = [.milliseconds(1200), .milliseconds(2500)]

    private func check(
        _ pending: PendingTokens, under lease: consuming RefreshLease, refusing refused: AccessToken?
    ) async throws(AccessTokenError) -> TokenStoreEntry {
        let (entry, attempt) = (lease.entry, lease.attempt)
        switch await verdict(on: pending, within: attempt, isUrgent: isUrgent(entry, refusing: refused)) {
        case .accepted: return try await settle(attempt, of: entry, with: .verified)
        case .unavailable:
            let time = clock.now.adding(seconds: pause(after: entry.refresh.failures))
            _ = try await settle(attempt, of: entry, with: .unverified(until: time))
            throw .unverified(until: time)
        case .refused(let refusal):
            _ = try await settle(attempt, of: entry, with: .discarded(refusal))
            throw .loginNeeded(.idTokenRefused(code: refusal.code))
        }
    }

    private func verdict(
        on pending: PendingTokens, within attempt: RefreshAttempt, isUrgent: Bool
    ) async -> TokenCheck {
        var verdict = await refresher.check(pending.tokens)
        guard isUrgent else { return verdict }
        for pause in RefreshingTokenSource.checkPauses where verdict == .unavailable && clock.now < attempt.deadline {
            await sleeper.sleep(pause)
            verdict = await refresher.check(pending.tokens)
        }
        return verdict
    }
}

/// Pauses that double from 20 ms to 1 s, with a random half taken off, until they add up to a limit.
struct BackOff {
    private var full = 20
    private var left: Duration

    init(limit: Duration) { left = limit }

    mutating func next(_ random: RandomSource) -> Duration? {
        guard left > .zero else { return nil }
        let half = full / 2
        let pause = Duration.milliseconds(half + Int(random.bytes(count: 1).first ?? 0) * half / 255)
        left -= pause
        full = min(full * 2, 1000)
        return pause
    }
}
