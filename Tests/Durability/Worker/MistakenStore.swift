import OAuthTypes
import SessionStore
import Synchronization

/// A store with one mistake, which the proofs have to find: a proof that accepts it proves nothing.
final class MistakenStore: IndexedSessionStore {
    enum Mistake: String {
        /// Says that a write has happened before it has.
        case early
        /// Says that it removed what is still there.
        case unremoved
        /// Hands out what lies under the key that was read before.
        case foreign
        /// Writes whatever lies there.
        case blind
        /// Lists only the first of the keys.
        case unlisted
        /// Never closes what it opens.
        case leaking
    }

    private let store: any IndexedSessionStore
    private let mistake: Mistake
    private let lastRead = Mutex<SessionKey?>(nil)

    init(_ store: any IndexedSessionStore, _ mistake: Mistake) {
        self.store = store
        self.mistake = mistake
    }

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        guard mistake == .foreign else { return try await store.read(key, at: now) }
        let other = lastRead.withLock { last in
            defer { last = key }
            return last
        }
        return try await store.read(other ?? key, at: now)
    }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool {
        switch mistake {
        case .early:
            Task { try await store.write(record, for: key, if: condition, at: now) }
            return true
        case .blind:
            Moment.pass()
            guard case .revision = condition, let present = try await store.read(key, at: now) else { break }
            return try await store.write(record, for: key, if: .revision(present.revision), at: now)
        case .leaking: Moment.leakDescriptor()
        default: break
        }
        return try await store.write(record, for: key, if: condition, at: now)
    }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        try await store.touch(key, until: idleEnd, at: now)
    }

    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        mistake == .unremoved ? try await store.read(key, at: now) : try await store.remove(key, at: now)
    }

    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
        try await store.purge(expiredBefore: time, limit: limit)
    }

    func keys(
        matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime
    ) async throws -> [SessionKey] {
        guard mistake == .unlisted else {
            return try await store.keys(matching: tag, after: after, limit: limit, at: now)
        }
        return after == nil ? try await store.keys(matching: tag, after: nil, limit: 1, at: now) : []
    }

    func removeAll(matching tag: IndexTag, limit: Int, at now: UnixTime) async throws -> [SessionRecord] {
        try await store.removeAll(matching: tag, limit: limit, at: now)
    }
}
