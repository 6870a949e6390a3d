import Concurrency
public import OAuthTypes

/// Keeps one login's tokens in memory: for tests and programs of one process. The tokens are lost when the process
/// ends.
public final class MemoryTokenStore: TokenStore {
    private let stored: Lock<StoredTokenSet?>

    /// Creates a token store with the tokens of a login.
    public init(_ tokens: StoredTokenSet) { stored = Lock(tokens) }

    /// The current entry for `target`.
    public func current(_ target: TokenTarget) async throws -> TokenStoreEntry {
        try stored.withLock { stored in
            guard let stored else { throw AccessTokenError.loginNeeded(.sessionEnded) }
            return stored.entry(for: target)
        }
    }

    /// Lets one caller refresh what `entry` shows.
    public func lease(_ entry: TokenStoreEntry, as attempt: RefreshAttempt) async throws -> RefreshLease? {
        let leased = try stored.withLock { stored in
            guard stored != nil else { throw AccessTokenError.loginNeeded(.sessionEnded) }
            return stored?.lease(entry, as: attempt)
        }
        guard let leased else { return nil }
        return RefreshLease(entry: leased, attempt: attempt)
    }

    /// Ends a lease.
    public func settle(_ lease: consuming RefreshLease, with outcome: RefreshOutcome) async throws -> TokenStoreEntry {
        let (entry, attempt) = (lease.entry, lease.attempt)
        return try stored.withLock { stored in
            guard let settled = stored?.settle(attempt, of: entry, with: outcome) else {
                throw AccessTokenError.loginNeeded(.sessionEnded)
            }
            return settled
        }
    }

    /// Forgets the tokens, as a logout does, and returns them for revocation.
    public func removeAll() -> StoredTokenSet? {
        stored.withLock { stored in
            defer { stored = nil }
            return stored
        }
    }
}
