import Concurrency
import OAuthTypes
import SessionStore

/// The watches of sessions in this process, and what happened to those sessions here.
///
/// A watch is an entry of constant size: at most one event waits in it, because the first one is the last.
final class SessionWatchers: Sendable {
    /// The result of a change of the session.
    enum Outcome: Sendable {
        case over(SessionEvent)
        case moved(to: SessionKey)
    }

    private struct Watch {
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
        var watches: [UInt64: Watch] = [:]
        var byKey: [SessionKey: Set<UInt64>] = [:]
        var changing: [SessionKey: Int] = [:]
        var next: UInt64 = 0
    }

    private let state = Lock(State())

    /// How many watches there are.
    var count: Int { state.withLock { $0.watches.count } }

    func open(_ key: SessionKey) -> UInt64 {
        state.withLock { state in
            state.next += 1
            state.watches[state.next] = Watch(key: key)
            state.byKey[key, default: []].insert(state.next)
            return state.next
        }
    }

    func close(_ id: UInt64) {
        state.withLock { state in
            guard let watch = state.watches.removeValue(forKey: id) else { return }
            state.byKey[watch.key]?.remove(id)
            if state.byKey[watch.key]?.isEmpty == true { state.byKey[watch.key] = nil }
        }
    }

    /// What a watch knows without asking the store.
    struct View {
        let key: SessionKey
        let event: SessionEvent?
        /// Whether this process is changing the session, so that a missing record means nothing yet.
        let isChanging: Bool
    }

    /// What a watch knows now. Marks its event as seen, so that waiting starts again.
    func look(_ id: UInt64) -> View? {
        state.withLock { state in
            state.watches[id]?.hasNews = false
            return state.watches[id].map {
                View(key: $0.key, event: $0.event, isChanging: state.changing[$0.key] != nil)
            }
        }
    }

    func isWatched(_ key: SessionKey) -> Bool { state.withLock { $0.byKey[key] != nil } }

    /// Makes a change, and tells the watches of the session its result. A change that throws tells nothing: its outcome
    /// is unknown, and the next read of the store shows it. Neither does a change that found nothing to change.
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
            for id in ids where state.watches[id]?.event == nil { state.watches[id]?.event = event }
            return ids
        }
    }

    private func move(_ key: SessionKey, to new: SessionKey) {
        wake { state in
            let ids = state.byKey.removeValue(forKey: key) ?? []
            for id in ids { state.watches[id]?.key = new }
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

extension SessionWatchers {
    /// Returns when there is an event for a watch, when it was closed, or when the task is cancelled.
    func news(_ id: UInt64) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !Task.isCancelled, state.watches[id]?.hasNews == false else { return true }
                    state.watches[id]?.waiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.watches[id]?.takeWaiter() }?.resume()
        }
    }

    private func wake(_ change: (inout State) -> Set<UInt64>) {
        let waiters = state.withLock { state in
            change(&state).compactMap { id in
                state.watches[id]?.hasNews = true
                return state.watches[id]?.takeWaiter()
            }
        }
        for waiter in waiters { waiter.resume() }
    }
}
