import APIClient
import OAuthTypes
import SessionStore

/// The tokens of one session, kept in its record: every step is a compare-and-swap on the record's revision.
struct SessionTokenStore: TokenStore {
    /// What the end of refreshing means beyond the record.
    struct EndRules: Sendable {
        /// Whether a session ends with the refresh token that the provider calls invalid.
        var endsAfterInvalidGrant = false
        /// Revokes a token that is of no more use.
        var revoke: @Sendable (RefreshToken) async -> Void = { _ in }
        /// Receives the reason for which a session was ended.
        var ended: @Sendable (_ cause: String) -> Void = { _ in }
    }

    let id: SessionID
    let backend: StoreBackend
    let rules: EndRules

    // More writers than this in a row on one session are not contention but a fault.
    private static let attempts = 16

    private var now: UnixTime { backend.environment.clock.now }

    func current(_ target: TokenTarget) async throws -> TokenStoreEntry {
        let entry = try await load().session.tokens.entry(for: target)
        try await finish(entry.refresh)
        return entry
    }

    func lease(_ entry: TokenStoreEntry, as attempt: RefreshAttempt) async throws -> RefreshLease? {
        var (session, revision) = try await load()
        guard let leased = session.tokens.lease(entry, as: attempt), try await save(session, over: revision) else {
            return nil
        }
        return RefreshLease(entry: leased, attempt: attempt)
    }

    func settle(_ lease: consuming RefreshLease, with outcome: RefreshOutcome) async throws -> TokenStoreEntry {
        for _ in 0..<SessionTokenStore.attempts {
            var session: OpenSession
            let revision: Revision
            do { (session, revision) = try await load() } catch let ended where AccessTokenError.isSessionEnded(ended) {
                // The user logged out meanwhile: these tokens are of no use.
                if let token = outcome.tokens?.refreshToken { await rules.revoke(token) }
                throw ended
            }
            let (before, refused) = (session.tokens, session.tokens.refreshToken)
            let entry = session.tokens.settle(lease.attempt, of: lease.entry, with: outcome)
            if let idToken = outcome.idToken(settling: before, at: lease.entry) { session.take(idToken) }
            guard try await save(session, over: revision) else { continue }
            // The session ends first: the provider may take its time.
            let failure = await failureToFinish(entry.refresh)
            if case .discarded = outcome, let refused, entry.refresh.token == nil { await rules.revoke(refused) }
            if let failure { throw failure }
            return entry
        }
        throw TokenStoreContendedError()
    }

    /// Ends the session if the end of refreshing requires it: now, or when a process died before it could.
    private func finish(_ refresh: RefreshState) async throws {
        guard refresh.isRefused, refresh.refusal?.namesAnotherUser ?? rules.endsAfterInvalidGrant else { return }
        if try await backend.remove(id.key, as: .revoked, at: now) != nil {
            rules.ended(refresh.refusal?.code ?? "invalid_grant")
        }
        throw AccessTokenError.loginNeeded(.sessionEnded)
    }

    private func failureToFinish(_ refresh: RefreshState) async -> (any Error)? {
        do { try await finish(refresh) } catch { return AccessTokenError.isSessionEnded(error) ? nil : error }
        return nil
    }

    private func load() async throws -> (session: OpenSession, revision: Revision) {
        guard let record = try await backend.store.read(id.key, at: now),
            let session = backend.open(record, id: id)
        else { throw AccessTokenError.loginNeeded(.sessionEnded) }
        return (session, record.revision)
    }

    private func save(_ session: OpenSession, over revision: Revision) async throws -> Bool {
        let record = try backend.record(of: session)
        return try await backend.store.writeRecognising(record, for: id.key, if: .revision(revision), at: now)
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
        self.idToken = idToken
        guard let ceiling = SessionCeiling.time(inVerified: idToken) else { return }
        life.absoluteEnd = min(life.absoluteEnd, ceiling)
        life.idleEnd = min(life.idleEnd, life.absoluteEnd)
    }
}

/// Other writers kept winning.
struct TokenStoreContendedError: Error {}
