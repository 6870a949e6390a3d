import Concurrency
public import OAuthTypes

/// Keeps an access token fresh: one refresh at a time for all callers, in all processes that share the token store.
///
/// A token is replaced ``RefreshPolicy/leeway`` before it expires; if that fails, the old one is used until it expires.
/// New tokens are in the token store before any caller gets them, and before their ID token is checked: a check that
/// cannot be made now is made later, and no new tokens are requested meanwhile. A refresh runs in a task of its own:
/// cancelling a caller does not end it. The caller gets its result when the refresh has one, at the latest after its
/// deadline.
///
/// At most one request per refresh token is in progress, as long as the processes' clocks differ by less than
/// ``RefreshPolicy/clockSkew``. If a process dies between the server's response and the write to the token store, the
/// outcome is unknown; ``RefreshPolicy/AfterUnknownOutcome`` says what happens then.
public final class RefreshingTokenSource: AccessTokenSource {
    typealias Flight = Task<Result<TokenStoreEntry, AccessTokenError>, Never>

    let target: TokenTarget
    let tokenStore: any TokenStore
    let refresher: any TokenRefresher
    let policy: RefreshPolicy
    let clock: WallClock
    let random: RandomSource
    let sleeper: Sleeper
    let tasks: RefreshTasks
    private let flight = Lock<Flight?>(nil)

    /// Creates a source for one login's tokens and one target.
    /// - Parameters:
    ///   - tokenStore: where the tokens are stored.
    ///   - refresher: requests new tokens.
    ///   - target: the requested access token; by default that of the login.
    ///   - policy: when to refresh and how long to wait.
    ///   - clock: must not differ from other processes' clocks by more than ``RefreshPolicy/clockSkew``.
    ///   - random: names attempts and spreads pauses.
    ///   - sleeper: waits.
    ///   - tasks: where refreshes in progress are registered, for draining at shutdown.
    public init(
        tokenStore: any TokenStore, refresher: any TokenRefresher, target: TokenTarget = TokenTarget(),
        policy: RefreshPolicy = RefreshPolicy(), clock: WallClock = .system, random: RandomSource = .system,
        sleeper: Sleeper = .system, tasks: RefreshTasks = RefreshTasks()
    ) {
        self.tokenStore = tokenStore
        self.refresher = refresher
        self.target = target
        self.policy = policy
        self.clock = clock
        self.random = random
        self.sleeper = sleeper
        self.tasks = tasks
    }

    /// The access token, refreshed first if it ends soon.
    public func accessToken() async throws(AccessTokenError) -> AccessToken {
        guard let token = try await token(refusing: nil) else { throw .loginNeeded(.noRefreshToken) }
        return token
    }

    /// The token that replaced `refused`, refreshed now unless another caller has already done so. Nil if `refused`
    /// came from a refresh a moment ago: the API would refuse the next one too.
    public func replacement(for refused: AccessToken) async throws(AccessTokenError) -> AccessToken? {
        try await token(refusing: refused)
    }

    private func token(refusing refused: AccessToken?) async throws(AccessTokenError) -> AccessToken? {
        var entry = try await entry()
        // A refresh in progress may have been started for less than is needed here; the second one is our own.
        for _ in 0..<2 {
            switch policy.decide(entry, refusing: refused, at: clock.now) {
            case .use(let token): return token
            case .noOther: return nil
            case .stop(let failure): throw failure
            case .refresh, .check, .wait: break
            }
            switch await join(refusing: refused) {
            case .success(let refreshed): entry = refreshed
            case .failure(let failure):
                guard let token = policy.usableToken(entry, refusing: refused, at: clock.now) else { throw failure }
                return token
            }
        }
        guard let token = policy.usableToken(entry, refusing: refused, at: clock.now) else { throw .busy }
        return token
    }

    func entry() async throws(AccessTokenError) -> TokenStoreEntry {
        do { return try await tokenStore.current(target) } catch { throw AccessTokenError(tokenStore: error) }
    }

    private func join(refusing refused: AccessToken?) async -> Result<TokenStoreEntry, AccessTokenError> {
        let joined = flight.withLock { flight in
            let task = flight ?? tasks.start { await self.fly(refusing: refused) }
            flight = task
            return task
        }
        return await joined.value
    }

    private func fly(refusing refused: AccessToken?) async -> Result<TokenStoreEntry, AccessTokenError> {
        let result: Result<TokenStoreEntry, AccessTokenError>
        do { result = .success(try await refresh(refusing: refused)) } catch { result = .failure(error) }
        flight.withLock { $0 = nil }
        return result
    }
}

extension AccessTokenError {
    init(tokenStore error: any Error) {
        self = AccessTokenError.isSessionEnded(error) ? .loginNeeded(.sessionEnded) : .tokenStore(error)
    }
}
