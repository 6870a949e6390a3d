import OAuthTypes
import SessionStore

/// A store of one's own in its shortest form: a dictionary behind an actor.
actor DictionaryStore: SessionStore {
    private var records: [SessionKey: SessionRecord] = [:]

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        live(key, at: now)
    }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool {
        try record.checkSize()
        // Look and write without a suspension in between: that makes it a compare-and-swap.
        switch (condition, live(key, at: now)) {
        case (.absent, nil): records[key] = record
        case (.revision(let expected), .some(let found)) where found.revision == expected: records[key] = record
        default: return false
        }
        return true
    }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        guard let record = live(key, at: now) else { return false }
        records[key] = record.touched(until: idleEnd)
        return true
    }

    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        guard let record = live(key, at: now) else { return nil }
        records[key] = nil
        return record
    }

    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
        let expired = records.filter { !$0.value.isLive(at: time) }.keys.prefix(max(limit, 0))
        for key in expired { records[key] = nil }
        return expired.count
    }

    private func live(_ key: SessionKey, at now: UnixTime) -> SessionRecord? {
        records[key].flatMap { $0.isLive(at: now) ? $0 : nil }
    }
}
