public import OAuthTypes

/// Stores one user's tokens: in a session record, in a ``MemoryTokenStore``, or in a plug-in of your own.
///
/// Keep a ``StoredTokenSet`` value in any storage and let it decide. A token store adds only the atomic step: read the
/// value, change it, write it if it has not changed since, else start again. Only ``RefreshingTokenSource`` calls it.
public protocol TokenStore: Sendable {
    /// What is held for `target` now.
    /// - Throws: ``AccessTokenError/loginNeeded(_:)`` with `.sessionEnded` when the session was ended; anything else means that the token store could not be read.
    func current(_ target: TokenTarget) async throws -> TokenStoreEntry

    /// Lets one caller, over all processes, refresh what `entry` shows. Nil when the tokens changed since `entry` was
    /// read or another caller holds a lease. The lease is durable when this returns.
    /// - Throws: the same when the session was ended; anything else leaves open whether the lease was written.
    func lease(_ entry: TokenStoreEntry, as attempt: RefreshAttempt) async throws -> RefreshLease?

    /// Ends a lease, or after ``RefreshOutcome/arrived(_:)`` the first half of one. New tokens are durable when this
    /// returns, and no caller has seen them before.
    ///
    /// It may be called again with the same attempt after it threw, and then does what is still to do. A conflicting
    /// write is merged (``StoredTokenSet/settle(_:of:with:)``), never dropped. If the session was ended meanwhile, or the new
    /// tokens were refused, the token store revokes them as well as it can.
    /// - Returns: what is held for the lease's target now.
    /// - Throws: the same when the session was ended; anything else leaves open whether the outcome was written.
    func settle(_ lease: consuming RefreshLease, with outcome: RefreshOutcome) async throws -> TokenStoreEntry
}

/// What a token store shows for one target at one moment.
public struct TokenStoreEntry: Sendable {
    /// Which access token this is about.
    public let target: TokenTarget
    /// The access token for the target, valid or expired; nil if there never was one.
    public let access: CachedAccessToken?
    /// The refresh token, which serves all targets, and the results of its uses.
    public let refresh: RefreshState
    /// Whether the server was asked for an access token for the target and issued none.
    public let isWithoutAccessToken: Bool

    /// Creates an entry of `access` and `refresh` for `target`.
    public init(
        target: TokenTarget, access: CachedAccessToken?, refresh: RefreshState, isWithoutAccessToken: Bool = false
    ) {
        self.target = target
        self.access = access
        self.refresh = refresh
        self.isWithoutAccessToken = isWithoutAccessToken
    }
}

/// An access token with its times.
public struct CachedAccessToken: Sendable {
    /// The credential for the API.
    public let token: AccessToken
    /// When it expires; nil if the server did not say.
    public let expiresAt: UnixTime?
    /// When it arrived.
    public let receivedAt: UnixTime
    /// The scope granted with it; nil if the server left it out.
    public let scope: Scope?

    /// A token that came at `receivedAt` and ends at `expiresAt`.
    public init(token: AccessToken, expiresAt: UnixTime?, receivedAt: UnixTime, scope: Scope?) {
        self.token = token
        self.expiresAt = expiresAt
        self.receivedAt = receivedAt
        self.scope = scope
    }

    /// Creates an access token; nil if the response contains none.
    init?(_ tokens: TokenSet) {
        guard let token = tokens.accessToken else { return nil }
        self.init(
            token: token, expiresAt: tokens.expiresAt, receivedAt: tokens.receivedAt, scope: tokens.scope)
    }
}

/// One attempt at a refresh, written to the token store before anything is sent.
public struct RefreshAttempt: Hashable, Sendable {
    /// 16 random octets that name it.
    public let id: [UInt8]
    /// When it started.
    public let startedAt: UnixTime
    /// When it must have ended; after this an attempt is considered lost, and its outcome unknown.
    public let deadline: UnixTime
    /// Whether it keeps others from refreshing and sends nothing itself: if it is lost, nothing is unknown.
    let isHold: Bool

    /// An attempt that has to end by `deadline`.
    public init(id: [UInt8], startedAt: UnixTime, deadline: UnixTime) {
        self.init(id: id, startedAt: startedAt, deadline: deadline, isHold: false)
    }

    /// The same attempt after it has sent all that it sends.
    var asHold: RefreshAttempt { RefreshAttempt(id: id, startedAt: startedAt, deadline: deadline, isHold: true) }

    /// A hold, which ends by ``StoredTokenSet/release(_:)``.
    package static func hold(id: [UInt8], startedAt: UnixTime, deadline: UnixTime) -> RefreshAttempt {
        RefreshAttempt(id: id, startedAt: startedAt, deadline: deadline, isHold: true)
    }

    init(id: [UInt8], startedAt: UnixTime, deadline: UnixTime, isHold: Bool) {
        self.id = id
        self.startedAt = startedAt
        self.deadline = deadline
        self.isHold = isHold
    }

    /// Whether it has outlived its deadline by all that clocks may differ.
    func isLost(at now: UnixTime) -> Bool { now >= deadline.adding(RefreshPolicy.clockSkew) }
}

/// The right to refresh once. Settle a lease from ``TokenStore/lease(_:as:)`` in the same task.
public struct RefreshLease: ~Copyable, Sendable {
    /// The entry at the time when the lease was taken.
    public let entry: TokenStoreEntry
    /// The attempt of the lease.
    public let attempt: RefreshAttempt

    /// For token stores only: an attempt that is written in the token store.
    public init(entry: TokenStoreEntry, attempt: RefreshAttempt) {
        self.entry = entry
        self.attempt = attempt
    }
}
