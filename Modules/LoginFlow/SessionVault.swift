import APIClient
import OAuthTypes
import SessionStore

/// The tokens of one session, kept in its record: every step is a compare-and-swap on the record's revision.
struct SessionVault: TokenVault {
    let id: SessionID
    let store: any SessionStore
    let records: SessionRecords
    let clock: WallClock
    let revoke: @Sendable (RefreshToken) async -> Void

    // More writers than this in a row on one session is not contention but a fault.
    private static let attempts = 16

    func current(_ target: TokenTarget) async throws -> VaultEntry {
        try await load().open.content.tokens.entry(for: target)
    }

    func claim(_ entry: VaultEntry, as attempt: RefreshAttempt) async throws -> RefreshClaim? {
        var (open, revision) = try await load()
        guard let claimed = open.content.tokens.claim(entry, as: attempt), try await save(open, over: revision) else {
            return nil
        }
        return RefreshClaim(entry: claimed, attempt: attempt)
    }

    func settle(_ claim: consuming RefreshClaim, _ outcome: RefreshOutcome) async throws -> VaultEntry {
        for _ in 0..<SessionVault.attempts {
            var open: OpenSession
            let revision: Revision
            do { (open, revision) = try await load() } catch let gone as TokensGone {
                // The user logged out meanwhile: nobody will ever hold these tokens.
                if case .refreshed(let tokens) = outcome, let token = tokens.refreshToken { await revoke(token) }
                throw gone
            }
            let entry = open.content.tokens.settle(claim.attempt, of: claim.entry, outcome)
            if case .refreshed(let tokens) = outcome, let idToken = tokens.idToken { open.take(idToken) }
            if try await save(open, over: revision) { return entry }
        }
        throw VaultContended()
    }

    private func load() async throws -> (open: OpenSession, revision: Revision) {
        guard let record = try await store.read(id.key, at: clock.now), let open = records.open(record, id: id) else {
            throw TokensGone()
        }
        return (open, record.revision)
    }

    private func save(_ open: OpenSession, over revision: Revision) async throws -> Bool {
        let record = try records.record(open.content, id: id, life: open.life)
        return try await store.writeRecognising(record, for: id.key, if: .revision(revision), at: clock.now)
    }
}

extension OpenSession {
    /// Keeps the ID token of a refresh, which was verified before. It may bring the session's end forward.
    fileprivate mutating func take(_ idToken: RawIDToken) {
        content.idToken = idToken
        guard let ceiling = SessionCeiling.time(inVerified: idToken) else { return }
        life.absoluteEnd = min(life.absoluteEnd, ceiling)
        life.idleEnd = min(life.idleEnd, life.absoluteEnd)
    }
}

/// Other writers kept winning.
struct VaultContended: Error {}
