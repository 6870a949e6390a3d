import Concurrency
import OAuthTypes
import SessionStore

/// The subscriptions of this process to the ends of sessions, and what became of the sessions here.
///
/// A subscription is an entry of constant size: at most one event waits in it, because the first one is the last.
final class SessionSubscriptions: Sendable {
    /// What a change made of a session.
    enum Outcome: Sendable {
        case over(SessionEvent)
        case moved(to: SessionKey)
    }

    private struct Entry {
        var key: SessionKey
        var event: SessionEvent?
        var hasNews = false
        var waiter: CheckedContinuation<Void, Never>?

        mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
            defer { waiter = nil }
            return waiter
        }
    }

    private struct State {
        var entries: [UInt64: Entry] = [:]
        var byKey: [SessionKey: Set<UInt64>] = [:]
        var changing: [SessionKey: Int] = [:]
        var next: UInt64 = 0
    }

    private let state = Lock(State())

    /// How many subscriptions there are.
    var count: Int { state.withLock { $0.entries.count } }

    func subscribe(to key: SessionKey) -> UInt64 {
        state.withLock { state in
            state.next += 1
            state.entries[state.next] = Entry(key: key)
            state.byKey[key, default: []].insert(state.next)
            return state.next
        }
    }

    func unsubscribe(_ id: UInt64) {
        state.withLock { state in
            guard let entry = state.entries.removeValue(forKey: id) else { return }
            state.byKey[entry.key]?.remove(id)
            if state.byKey[entry.key]?.isEmpty == true { state.byKey[entry.key] = nil }
        }
    }

    /// What a subscription knows without asking the store.
    struct View {
        let key: SessionKey
        let event: SessionEvent?
        /// Whether this process is changing the session, so that a missing record means nothing yet.
        let isChanging: Bool
    }

    /// What a subscription knows at this moment. Takes note of news, so that waiting begins anew.
    func look(_ id: UInt64) -> View? {
        state.withLock { state in
            state.entries[id]?.hasNews = false
            return state.entries[id].map {
                View(key: $0.key, event: $0.event, isChanging: state.changing[$0.key] != nil)
            }
        }
    }

    func hasSubscribers(_ key: SessionKey) -> Bool { state.withLock { $0.byKey[key] != nil } }

    /// Makes a change, and tells the subscribers of the session what it made of it. A change that throws tells nothing:
    /// its outcome is unknown, and the next look at the store says. Neither does one that found nothing to change.
    func during<Result>(
        changeOf key: SessionKey, change: () async throws -> (Result, Outcome?)
    ) async throws -> Result {
        state.withLock { $0.changing[key, default: 0] += 1 }
        defer { settled(key) }
        let (result, outcome) = try await change()
        switch outcome {
        case .over(let event): tell(event, of: key)
        case .moved(let new): move(key, to: new)
        case nil: break
        }
        return result
    }

    func tell(_ event: SessionEvent, of key: SessionKey) {
        wake { state in
            let ids = state.byKey[key] ?? []
            for id in ids where state.entries[id]?.event == nil { state.entries[id]?.event = event }
            return ids
        }
    }

    private func move(_ key: SessionKey, to new: SessionKey) {
        wake { state in
            let ids = state.byKey.removeValue(forKey: key) ?? []
            for id in ids { state.entries[id]?.key = new }
            if !ids.isEmpty { state.byKey[new, default: []].formUnion(ids) }
            return ids
        }
    }

    private func settled(_ key: SessionKey) {
        state.withLock { state in
            let left = (state.changing[key] ?? 1) - 1
            state.changing[key] = left > 0 ? left : nil
        }
    }
}

extension SessionSubscriptions {
    /// Returns when there is news for a subscription, when it has ended, or when the task is cancelled.
    func news(_ id: UInt64) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !Task.isCancelled, state.entries[id]?.hasNews == false else { return true }
                    state.entries[id]?.waiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.entries[id]?.takeWaiter() }?.resume()
        }
    }

    private func wake(_ change: (inout State) -> Set<UInt64>) {
        let waiters = state.withLock { state in
            change(&state).compactMap { id in
                state.entries[id]?.hasNews = true
                return state.entries[id]?.takeWaiter()
            }
        }
        for waiter in waiters { waiter.resume() }
    }
}
