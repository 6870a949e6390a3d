import OAuthTypes
import SessionStore
import Synchronization

/// A handle on records that other handles share, right but for one flaw: what the kit's laws for durable and for shared
/// stores have to catch.
final class BrokenHandle: IndexedSessionStore {
    enum Flaw: CaseIterable, Sendable {
        case none
        case writesStayInTheHandle, updatesStayInTheHandle, removalsStayInTheHandle, touchesLoseTheRecord
        case touchesStayInTheHandle, indexStaysInTheHandle
        case readsAreCached, comparesWithWhatItRead, creationLooksInTheHandle, removeIsNotAtomic
        case purgeForgetsTheTouchesOfOthers
    }

    /// What all handles share: a disk, so to say.
    final class SharedRecords: Sendable {
        let records = Mutex<[SessionKey: SessionRecord]>([:])
    }

    private let flaw: Flaw
    private let shared: SharedRecords
    // What this handle alone knows.
    private let own = Mutex<[SessionKey: SessionRecord]>([:])
    private let removed = Mutex<Set<SessionKey>>([])
    private let tagged = Mutex<Set<SessionKey>>([])

    init(_ flaw: Flaw, on shared: SharedRecords) {
        self.flaw = flaw
        self.shared = shared
    }

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? { look(key, at: now) }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool {
        let isCreation = condition == .absent
        if flaw == .comparesWithWhatItRead, !isCreation {
            guard holds(condition, look(key, at: now)) else { return false }
            await Task.yield()
            shared.records.withLock { if $0[key] != nil { $0[key] = record } }
            return true
        }
        if flaw == .writesStayInTheHandle || (flaw == .updatesStayInTheHandle && !isCreation) {
            let stored = shared.records.withLock { $0[key] }
            return own.withLock { own in
                let found = live(own[key] ?? stored, at: now)
                guard holds(condition, found) else { return false }
                own[key] = record
                return true
            }
        }
        if flaw == .creationLooksInTheHandle, isCreation {
            guard
                own.withLock({ own in
                    defer { if live(own[key], at: now) == nil { own[key] = record } }
                    return live(own[key], at: now) == nil
                })
            else { return false }
            shared.records.withLock { $0[key] = record }
            return true
        }
        return shared.records.withLock { records in
            guard holds(condition, live(records[key], at: now)) else { return false }
            records[key] = record
            if isCaching { own.withLock { $0[key] = record } }
            _ = tagged.withLock { $0.insert(key) }
            return true
        }
    }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        if flaw == .touchesStayInTheHandle || flaw == .writesStayInTheHandle {
            guard let record = look(key, at: now) else { return false }
            own.withLock { $0[key] = record.touched(until: idleEnd) }
            return true
        }
        return shared.records.withLock { records in
            guard let record = live(records[key], at: now) else { return false }
            own.withLock { $0[key] = record.touched(until: idleEnd) }
            records[key] = flaw == .touchesLoseTheRecord ? nil : record.touched(until: idleEnd)
            return true
        }
    }

    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        let found = look(key, at: now)
        if flaw == .removeIsNotAtomic { await Task.yield() }
        if flaw == .removalsStayInTheHandle {
            return removed.withLock { $0.insert(key).inserted } ? found : nil
        }
        // One lock after the other: elsewhere they are taken in the other order.
        let mine = own.withLock { live($0.removeValue(forKey: key), at: now) }
        let taken = shared.records.withLock { $0.removeValue(forKey: key) }
        if flaw == .removeIsNotAtomic { return found }
        return live(taken, at: now) ?? (isPrivate ? mine : nil)
    }

    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
        shared.records.withLock { records in
            let expired = records.filter { key, record in
                let known = flaw == .purgeForgetsTheTouchesOfOthers ? own.withLock { $0[key] } : nil
                return !(known ?? record).isLive(at: time)
            }
            let victims = expired.keys.prefix(max(limit, 0))
            for key in victims { records[key] = nil }
            return victims.count
        }
    }

    func keys(
        matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime
    ) async throws -> [SessionKey] {
        let all = shared.records.withLock { Set($0.keys) }.union(isPrivate ? own.withLock { Set($0.keys) } : [])
        let found = all.filter { key in
            guard look(key, at: now)?.tags.contains(tag) == true else { return false }
            return flaw != .indexStaysInTheHandle || tagged.withLock { $0.contains(key) }
        }
        return Array(found.sorted().drop { key in after.map { key <= $0 } ?? false }.prefix(max(limit, 0)))
    }

    func removeAll(matching tag: IndexTag, limit: Int, at now: UnixTime) async throws -> [SessionRecord] {
        var removed: [SessionRecord] = []
        for key in try await keys(matching: tag, after: nil, limit: limit, at: now) {
            if let record = try await remove(key, at: now) { removed.append(record) }
        }
        return removed
    }
}

extension BrokenHandle {
    private var isPrivate: Bool { flaw == .writesStayInTheHandle || flaw == .updatesStayInTheHandle }

    private var isCaching: Bool { flaw == .readsAreCached || flaw == .purgeForgetsTheTouchesOfOthers }

    private func look(_ key: SessionKey, at now: UnixTime) -> SessionRecord? {
        guard !removed.withLock({ $0.contains(key) }) else { return nil }
        let stored = shared.records.withLock { $0[key] }
        switch flaw {
        case .writesStayInTheHandle, .updatesStayInTheHandle, .touchesStayInTheHandle:
            return live(own.withLock { $0[key] } ?? stored, at: now)
        case .readsAreCached:
            return own.withLock { own in
                if let known = live(own[key], at: now) { return known }
                own[key] = stored
                return live(stored, at: now)
            }
        default: return live(stored, at: now)
        }
    }

    private func live(_ record: SessionRecord?, at now: UnixTime) -> SessionRecord? {
        record.flatMap { $0.isLive(at: now) ? $0 : nil }
    }

    private func holds(_ condition: WriteCondition, _ found: SessionRecord?) -> Bool {
        switch condition {
        case .absent: found == nil
        case .revision(let revision): found?.revision == revision
        }
    }
}
