import APIClient
import OAuthTypes
import SessionStore

/// How a session ended.
public enum SessionEvent: String, Hashable, Sendable {
    /// The user logged out, or logged in again, in this process.
    case ended
    /// An end was reached: idle, absolute, or the provider's.
    case expired
    /// It was ended from a list; or it is gone and this process does not know why, as after a logout or a rotation in
    /// another process; or the key that it was sealed with was removed.
    case revoked
}

/// Waits for the end of one session: for connections that outlive the request they were admitted with.
///
/// The sequence ends after its only element, or without one if the task is cancelled. It has no task and no timer
/// between two calls of `next()`, and nothing goes on when the loop is left. Each iterator watches independently. A
/// rotation in this process does not end the sequence, and neither does an unreachable store. Watching a session does
/// not extend it.
public struct SessionEvents: AsyncSequence, Sendable {
    /// Says how the session ended.
    public typealias Element = SessionEvent
    /// Waiting cannot fail.
    public typealias Failure = Never

    let backend: StoreBackend
    let key: SessionKey
    let life: SessionLife
    let interval: Duration

    /// Starts watching.
    public func makeAsyncIterator() -> Iterator {
        Iterator(subscription: SessionSubscription(to: key, in: backend, life: life, interval: interval))
    }

    /// Watches one session.
    public struct Iterator: AsyncIteratorProtocol {
        var subscription: SessionSubscription?

        /// How the session ended, once it has; nil afterwards, and when the task is cancelled.
        public mutating func next() async -> SessionEvent? {
            guard let current = subscription else { return nil }
            let event = await current.event()
            subscription = nil
            return event
        }
    }
}

/// One subscription, which ends with the last reference to it.
final class SessionSubscription: Sendable {
    private let backend: StoreBackend
    private let id: UInt64
    private let interval: Duration
    private let life: SessionLife

    init(to key: SessionKey, in backend: StoreBackend, life: SessionLife, interval: Duration) {
        self.backend = backend
        self.life = life
        self.interval = interval
        id = backend.subscriptions.subscribe(to: key)
    }

    deinit { backend.subscriptions.unsubscribe(id) }

    func event() async -> SessionEvent? {
        var life = life
        while !Task.isCancelled {
            if let event = await verdict(&life) { return event }
            await pause(until: life.end)
        }
        return nil
    }

    private var now: UnixTime { backend.environment.clock.now }

    private func verdict(_ life: inout SessionLife) async -> SessionEvent? {
        guard let view = backend.subscriptions.look(id) else { return .revoked }
        if let event = view.event { return event }
        guard now < life.absoluteEnd else { return .expired }
        let found: SessionRecord?
        do { found = try await backend.store.read(view.key, at: now) } catch { return nil }
        guard let found else { return missing(view.key, life: life) }
        guard backend.summary(of: found, under: view.key) != nil else { return .revoked }
        life = SessionLife(idleEnd: found.idleEnd, absoluteEnd: found.absoluteEnd)
        return nil
    }

    // The record may be missing because this process is ending or rotating the session: then the news follow. Event
    // and change are looked at together, since a change may be done between two looks.
    private func missing(_ key: SessionKey, life: SessionLife) -> SessionEvent? {
        guard let view = backend.subscriptions.look(id) else { return .revoked }
        if let event = view.event { return event }
        guard view.key == key, !view.isChanging else { return nil }
        return now < life.end ? .revoked : .expired
    }

    private func pause(until end: UnixTime) async {
        let left = end.seconds(since: now)
        let duration = left > 0 ? min(interval, .seconds(left)) : interval
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.backend.environment.sleeper.sleep(duration) }
            group.addTask { await self.backend.subscriptions.news(self.id) }
            await group.next()
            group.cancelAll()
        }
    }
}
