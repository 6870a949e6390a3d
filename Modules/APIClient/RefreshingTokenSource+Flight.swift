import OAuthTypes

/// The refresh itself: claim, send, settle.
extension RefreshingTokenSource {
    /// Refreshes, or waits until somebody else did.
    func refresh(refusing refused: AccessToken?) async throws(AccessTokenFailure) -> VaultEntry {
        var backOff = BackOff(limit: policy.maximumWait)
        while true {
            let entry = try await entry()
            switch policy.decide(entry, refusing: refused, at: clock.now) {
            case .use, .noOther: return entry
            case .stop(let failure): throw failure
            case .refresh(let token):
                if let claim = try await claim(entry) { return try await perform(claim, with: token) }
            case .wait: break
            }
            guard let pause = backOff.next(random) else { throw .busy }
            await sleeper.sleep(pause)
        }
    }

    private func claim(_ entry: VaultEntry) async throws(AccessTokenFailure) -> RefreshClaim? {
        let now = clock.now
        let attempt = RefreshAttempt(
            id: random.bytes(count: 16), startedAt: now, deadline: now.adding(seconds: policy.attemptLifetime))
        do { return try await vault.claim(entry, as: attempt) } catch {
            guard !(error is TokensGone) else { throw .loginNeeded(.sessionEnded) }
            // The claim may be written nevertheless, and left alone it would look like a lost refresh.
            guard let found = try? await vault.current(target), found.refresh.attempt?.id == attempt.id
            else { throw .vault(error) }
            return RefreshClaim(entry: found, attempt: attempt)
        }
    }

    private func perform(
        _ claim: consuming RefreshClaim, with token: RefreshToken
    ) async throws(AccessTokenFailure) -> VaultEntry {
        let (entry, attempt) = (claim.entry, claim.attempt)
        let (outcome, failure) = await send(token, within: attempt, failuresBefore: entry.refresh.failures)
        let settled: VaultEntry
        do { settled = try await vault.settle(claim, outcome) } catch {
            if !(error is TokensGone) { keepSettling(entry, attempt, outcome) }
            throw AccessTokenFailure(vault: error)
        }
        if let failure { throw failure }
        return settled
    }

    private func send(
        _ token: RefreshToken, within attempt: RefreshAttempt, failuresBefore: Int
    ) async -> (RefreshOutcome, AccessTokenFailure?) {
        let postponed = RefreshOutcome.postponed(until: clock.now.adding(seconds: pause(after: failuresBefore)))
        // A slow vault may have used the time up; others may then take the attempt for lost.
        guard clock.now < attempt.deadline else { return (postponed, .busy) }
        do { return (.refreshed(try await refresher.refresh(token, for: target)), nil) } catch {
            switch error {
            case .rejected(let response) where response.code == "invalid_grant":
                return (.ended, .loginNeeded(.refreshTokenRefused))
            case .rejected(let response): return (postponed, .refused(response))
            case .notSent: return (postponed, .unreachable)
            case .invalidResponse: return (postponed, .invalidResponse)
            case .outcomeUnknown: return (.unknown, .outcomeUnknown)
            }
        }
    }

    /// Doubles from 2 s to 60 s, with a random half taken off.
    private func pause(after failures: Int) -> Int64 {
        let full = min(RefreshPolicy.longestPause, 2 << Int64(min(max(failures, 0), 5)))
        let half = full / 2
        let draw = Int64(random.bytes(count: 1).first ?? 0)
        return half + draw % (half + 1)
    }

    /// The vault failed with new tokens in our hands: they stay in memory, and the write is tried again until it
    /// succeeds, the session is gone, or the back-off ends.
    private func keepSettling(_ entry: VaultEntry, _ attempt: RefreshAttempt, _ outcome: RefreshOutcome) {
        _ = tasks.start { [vault, sleeper, random] in
            var backOff = BackOff(limit: .seconds(120))
            while let pause = backOff.next(random) {
                await sleeper.sleep(pause)
                do {
                    _ = try await vault.settle(RefreshClaim(entry: entry, attempt: attempt), outcome)
                    return
                } catch {
                    if error is TokensGone { return }
                }
            }
        }
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
