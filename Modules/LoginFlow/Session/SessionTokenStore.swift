import APIClient
import OAuthTypes
import SessionStore

/// The tokens of one session, kept in its record: every step is a compare-and-swap on the record's revision.
struct SessionTokenStore: TokenStore {
    /// What the end of refreshing means beyond the record.
    struct Duties: Sendable {
        /// Whether `invalid_grant` ends the session.
        var endsAfterInvalidGrant = false
        /// Revokes a token that will never be used.
        var revoke: @Sendable (RefreshToken) async -> Void = { _ in }
        /// Receives the reason for which a session was ended.
        var ended: @Sendable (_ cause: String) -> Void = { _ in }
    }

    let id: SessionID
    let placement: StorePlacement
    let duties: Duties

    // More writers than this in a row on one session are not contention but a fault.
    private static let attempts = 16

    private var now: UnixTime { placement.environment.clock.now }

    func current(_ target: TokenTarget) async throws -> TokenStoreEntry {
        let entry = try await load().open.content.tokens.entry(for: target)
        try await finish(entry.refresh)
        return entry
    }

    func lease(_ entry: TokenStoreEntry, as attempt: RefreshAttempt) async throws -> RefreshLease? {
        var (open, revision) = try await load()
        guard let leased = open.content.tokens.lease(entry, as: attempt), try await save(open, over: revision) else {
            return nil
        }
        return RefreshLease(entry: leased, attempt: attempt)
    }

    func settle(_ lease: consuming RefreshLease, with outcome: RefreshOutcome) async throws -> TokenStoreEntry {
        for _ in 0..<SessionTokenStore.attempts {
            var open: OpenSession
            let revision: Revision
            do { (open, revision) = try await load() } catch let gone as AccessTokenError where gone.isSessionEnded {
                // The user logged out meanwhile: nobody will ever hold these tokens.
                if let token = outcome.tokens?.refreshToken { await duties.revoke(token) }
                throw gone
            }
            let (before, refused) = (open.content.tokens, open.content.tokens.refreshToken)
            let entry = open.content.tokens.settle(lease.attempt, of: lease.entry, with: outcome)
            if let idToken = outcome.idToken(settling: before, at: lease.entry) { open.take(idToken) }
            guard try await save(open, over: revision) else { continue }
            // The session ends first: the provider may be slow.
            let failure = await failureToFinish(entry.refresh)
            if case .discarded = outcome, let refused, entry.refresh.token == nil { await duties.revoke(refused) }
            if let failure { throw failure }
            return entry
        }
        throw TokenStoreContendedError()
    }

    /// Ends the session if the end of refreshing requires it: now, or when a process died before it could.
    private func finish(_ refresh: RefreshState) async throws {
        guard refresh.isRefused, refresh.refusal?.namesAnotherUser ?? duties.endsAfterInvalidGrant else { return }
        if try await placement.remove(id.key, as: .revoked, at: now) != nil {
            duties.ended(refresh.refusal?.code ?? "invalid_grant")
        }
        throw AccessTokenError.loginNeeded(.sessionEnded)
    }

    private func failureToFinish(_ refresh: RefreshState) async -> (any Error)? {
        do { try await finish(refresh) } catch { return AccessTokenError.isSessionEnded(error) ? nil : error }
        return nil
    }

    private func load() async throws -> (open: OpenSession, revision: Revision) {
        guard let record = try await placement.store.read(id.key, at: now),
            let open = placement.records.open(record, id: id)
        else { throw AccessTokenError.loginNeeded(.sessionEnded) }
        return (open, record.revision)
    }

    private func save(_ open: OpenSession, over revision: Revision) async throws -> Bool {
        let record = try placement.records.record(open.content, id: id, life: open.life)
        return try await placement.store.writeRecognising(record, for: id.key, if: .revision(revision), at: now)
    }
}

extension RefreshOutcome {
    /// Tokens that are lost unless the settlement is written.
    fileprivate var tokens: TokenSet? {
        switch self {
        case .refreshed(let tokens), .arrived(let tokens): tokens
        default: nil
        }
    }

    /// The verified ID token that the settlement makes the session's.
    fileprivate func idToken(settling tokens: StoredTokenSet, at entry: TokenStoreEntry) -> RawIDToken? {
        guard case .verified = self, let pending = tokens.pending(like: entry) else { return nil }
        return pending.tokens.idToken
    }
}

extension OpenSession {
    /// Keeps the verified ID token of a refresh. It may bring the session's end forward.
    fileprivate mutating func take(_ idToken: RawIDToken) {
        content.idToken = idToken
        guard let ceiling = SessionCeiling.time(inVerified: idToken) else { return }
        life.absoluteEnd = min(life.absoluteEnd, ceiling)
        life.idleEnd = min(life.idleEnd, life.absoluteEnd)
    }
}

/// Other writers kept winning.
struct TokenStoreContendedError: Error {}
