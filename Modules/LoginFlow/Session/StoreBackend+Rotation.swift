import APIClient
import OAuthTypes
import SessionStore

/// The session was removed under its old id and could not be written under the new one.
struct SessionRotationError: Error {
    let cause: any Error
}

extension StoreBackend {
    private static let attempts = 50
    private static let holdLifetime: Int64 = 5

    /// Gives the session a new id; nil if there is none under the old one.
    ///
    /// The old record is removed first, and its content is what is written: no change made meanwhile is lost.
    func rotate(_ id: SessionID) async throws -> OpenSession? {
        let hold = try await holdRefreshes(of: id)
        let now = environment.clock.now
        return try await subscriptions.during(changeOf: id.key) {
            guard let removed = try await store.remove(id.key, at: now) else { return (nil, nil) }
            guard let old = open(removed, id: id) else { return (nil, .over(.revoked)) }
            var moved = old.moved(to: SessionID(random: environment.random))
            if let hold { moved.tokens.release(hold) }
            do { try await create(moved, at: now) } catch {
                subscriptions.tell(.ended, of: id.key)
                throw SessionRotationError(cause: error)
            }
            return (moved, .moved(to: moved.id.key))
        }
    }

    /// Takes the session's refresh lease without refreshing, so that in no process a refresh is under way while the id
    /// changes: it would bring its tokens to a record that is gone. Gives up waiting after a while, because a session
    /// has to be rotated whatever the provider does.
    private func holdRefreshes(of id: SessionID) async throws -> RefreshAttempt? {
        let tokenStore = SessionTokenStore(id: id, backend: self, rules: SessionTokenStore.EndRules())
        do {
            for _ in 0..<StoreBackend.attempts {
                let entry = try await tokenStore.current(TokenTarget())
                guard entry.refresh.token != nil else { return nil }
                let now = environment.clock.now
                let hold = RefreshAttempt.hold(
                    id: environment.random.bytes(count: 16), startedAt: now,
                    deadline: now.adding(seconds: StoreBackend.holdLifetime))
                if try await tokenStore.lease(entry, as: hold) != nil { return hold }
                await environment.sleeper.sleep(.milliseconds(100))
            }
        } catch AccessTokenError.loginNeeded(.sessionEnded) {}
        return nil
    }
}
