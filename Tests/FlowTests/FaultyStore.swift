import Concurrency
import OAuthTypes
import SessionStore

/// A store that counts its calls and fails, or does something first, where a test says so.
final class FaultyStore: SessionStore {
    enum Call: String, CaseIterable, Sendable { case read, write, touch, remove, purge }

    struct FaultError: Error {}

    private struct State: Sendable {
        var counts: [Call: Int] = [:]
        var failing: Set<Call> = []
        var before: [Call: @Sendable () async -> Void] = [:]
    }

    let inner: any SessionStore
    private let state = Lock(State())

    init(_ inner: any SessionStore = MemorySessionStore()) { self.inner = inner }

    func count(_ call: Call) -> Int { state.withLock { $0.counts[call] ?? 0 } }

    var total: Int { state.withLock { $0.counts.values.reduce(0, +) } }

    /// Fails these calls from now on, and no others.
    func fail(_ calls: Set<Call>) { state.withLock { $0.failing = calls } }

    /// Runs `action` once, before the next call of this kind.
    func before(_ call: Call, _ action: @escaping @Sendable () async -> Void) {
        state.withLock { $0.before[call] = action }
    }

    private func enter(_ call: Call) async throws {
        let (action, fails) = state.withLock { state in
            state.counts[call, default: 0] += 1
            return (state.before.removeValue(forKey: call), state.failing.contains(call))
        }
        await action?()
        if fails { throw FaultError() }
    }

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        try await enter(.read)
        return try await inner.read(key, at: now)
    }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool {
        try await enter(.write)
        return try await inner.write(record, for: key, if: condition, at: now)
    }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        try await enter(.touch)
        return try await inner.touch(key, until: idleEnd, at: now)
    }

    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        try await enter(.remove)
        return try await inner.remove(key, at: now)
    }

    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
        try await enter(.purge)
        return try await inner.purge(expiredBefore: time, limit: limit)
    }
}
