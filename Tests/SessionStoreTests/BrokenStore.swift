import OAuthTypes
import SessionStore
import Synchronization

/// A small store that is right but for one flaw: what the kit has to catch.
final class BrokenStore: IndexedSessionStore {
    enum Flaw: CaseIterable, Sendable {
        case none
        case creationOverwrites, updateIgnoresTheRevision, updateCreates, refusedWriteSticks, updateKeepsThePayload
        case creationIsNotAtomic, updateIsNotAtomic
        case expiredIsReturned, endsOneSecondLate, absoluteEndIsIgnored, expiredBlocksCreation, expiredIsUpdated
        case timeHas32Bits
        case touchShortens, touchPassesTheAbsoluteEnd, touchChangesTheRevision, touchCreates, touchRevives
        case touchDoesNothing, touchWritesBack
        case removeKeepsTheRecord, removeReturnsNothing, removeIsNotAtomic, removedComesBack, removeReturnsTheExpired
        case purgeTakesTheLiving, purgeIgnoresTouches, purgeIgnoresItsLimit, purgeNeverEnds
        case keysAreCut, kindsAreMixed, payloadsAreText, payloadsAreCut
        case floodEvicts, readsSeeHalves
        case tagsAreCut, indexForgetsUpdates, pagesRepeat, pagesHaveNoOrder, pagesIgnoreTheLimit
        case removeAllTakesOthers, removeAllIgnoresItsLimit, removeAllReturnsTheExpired, removeAllIsNotAtomic
        case expiredHidesTheLiving, indexLosesEntries
    }

    struct State {
        var records: [SessionKey: SessionRecord] = [:]
        var index: [IndexTag: Set<SessionKey>] = [:]
        var written: [SessionKey: UnixTime] = [:]
        var removed: [SessionKey: SessionRecord] = [:]
    }

    let flaw: Flaw
    private let state = Mutex(State())

    init(_ flaw: Flaw) { self.flaw = flaw }

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        let key = flawed(key)
        guard flaw == .readsSeeHalves else { return state.withLock { live($0.records[key], at: now) } }
        let first = state.withLock { live($0.records[key], at: now) }
        await Task.yield()
        guard var record = first else { return nil }
        if let later = state.withLock({ $0.records[key] }) { record.secrets = later.secrets }
        return record
    }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool {
        let key = flawed(key)
        let isCreation = condition == .absent
        if isCreation ? flaw == .creationIsNotAtomic : flaw == .updateIsNotAtomic {
            guard state.withLock({ accepts(condition, $0.records[key], at: now) }) else { return false }
            await Task.yield()
            state.withLock { save(record, key, in: &$0) }
            return true
        }
        let isAccepted = state.withLock { state in
            let removed = flaw == .removedComesBack && !isCreation ? state.removed[key] : nil
            let isAccepted = accepts(condition, state.records[key] ?? removed, at: now)
            if isAccepted || flaw == .refusedWriteSticks { save(record, key, in: &state) }
            return isAccepted
        }
        if isAccepted, flaw == .floodEvicts { evict() }
        return isAccepted
    }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        let key = flawed(key)
        guard let found = state.withLock({ touchable($0.records[key], at: now) }) else {
            guard flaw == .touchCreates else { return false }
            state.withLock { $0.records[key] = blank(until: idleEnd) }
            return true
        }
        guard flaw != .touchDoesNothing else { return true }
        if flaw == .touchWritesBack {
            await Task.yield()
            state.withLock { if $0.records[key] != nil { $0.records[key] = found.touched(until: idleEnd) } }
            return true
        }
        return state.withLock { state in
            guard let found = touchable(state.records[key], at: now) else { return false }
            state.records[key] = touched(found, until: idleEnd)
            return true
        }
    }

    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        let key = flawed(key)
        if flaw == .removeIsNotAtomic {
            let found = state.withLock { live($0.records[key], at: now) }
            await Task.yield()
            state.withLock { $0.records[key] = nil }
            return found
        }
        return state.withLock { state in
            let found = state.records[key]
            if flaw != .removeKeepsTheRecord { state.records[key] = nil }
            state.removed[key] = found
            if flaw == .removeReturnsNothing { return nil }
            return flaw == .removeReturnsTheExpired ? found : live(found, at: now)
        }
    }

    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
        state.withLock { state in
            if flaw == .purgeNeverEnds { return limit > 0 ? 1 : 0 }
            let expired = state.records.filter { !$0.value.isLive(at: time) || isPurgedEarly($0, state, at: time) }
            let limit = flaw == .purgeIgnoresItsLimit ? .max : max(limit, 0)
            let victims = expired.keys.prefix(limit)
            for key in victims { state.records[key] = nil }
            return victims.count
        }
    }

    func keys(
        matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime
    ) async throws -> [SessionKey] {
        state.withLock { state in
            let found = state.index[flawed(tag), default: []].filter { live(state.records[$0], at: now) != nil }
            let ordered = flaw == .pagesHaveNoOrder ? found.sorted(by: >) : found.sorted()
            let rest = ordered.drop { key in after.map { flaw == .pagesRepeat ? key < $0 : key <= $0 } ?? false }
            return Array(rest.prefix(flaw == .pagesIgnoreTheLimit && limit > 1 ? .max : max(limit, 0)))
        }
    }

    func removeAll(matching tag: IndexTag, limit: Int, at now: UnixTime) async throws -> [SessionRecord] {
        let limit = flaw == .removeAllIgnoresItsLimit && limit > 0 ? .max : max(limit, 0)
        let found = state.withLock { Array(tagged(tag, in: $0, at: now).prefix(limit)) }
        if flaw == .removeAllIsNotAtomic { await Task.yield() }
        return state.withLock { state in
            found.compactMap { key, record in
                let removed = state.records.removeValue(forKey: key)
                if flaw == .removeAllIsNotAtomic { return record }
                return flaw == .expiredHidesTheLiving ? live(removed, at: now) : removed
            }
        }
    }
}

extension BrokenStore {
    private func flawed(_ key: SessionKey) -> SessionKey {
        let kind = flaw == .kindsAreMixed ? SessionKey.Kind.session : key.kind
        let digest = flaw == .keysAreCut ? Array(key.digest.prefix(16)) + Array(repeating: 0, count: 16) : key.digest
        return SessionKey(kind: kind, digest: digest) ?? key
    }

    private func flawed(_ tag: IndexTag) -> IndexTag {
        guard flaw == .tagsAreCut else { return tag }
        return IndexTag(octets: Array(tag.octets.prefix(8)) + Array(repeating: 0, count: 8)) ?? tag
    }

    private func live(_ record: SessionRecord?, at now: UnixTime) -> SessionRecord? {
        guard let record else { return nil }
        switch flaw {
        case .expiredIsReturned: return record
        case .endsOneSecondLate: return now <= record.end ? record : nil
        case .absoluteEndIsIgnored: return now < record.idleEnd ? record : nil
        case .timeHas32Bits:
            return Int32(truncatingIfNeeded: now.seconds) < Int32(truncatingIfNeeded: record.end.seconds) ? record : nil
        default: return record.isLive(at: now) ? record : nil
        }
    }

    private func accepts(_ condition: WriteCondition, _ record: SessionRecord?, at now: UnixTime) -> Bool {
        switch condition {
        case .absent:
            if flaw == .creationOverwrites { return true }
            return flaw == .expiredBlocksCreation ? record == nil : live(record, at: now) == nil
        case .revision(let revision):
            let present = flaw == .expiredIsUpdated ? record : live(record, at: now)
            guard let present else { return flaw == .updateCreates }
            return present.revision == revision || flaw == .updateIgnoresTheRevision
        }
    }

    private func save(_ record: SessionRecord, _ key: SessionKey, in state: inout State) {
        var record = record
        let old = state.records[key]
        if flaw == .updateKeepsThePayload, let old { record.summary = old.summary }
        if flaw == .payloadsAreText {
            record.summary = SealedPayload(octets: Array(String(decoding: record.summary.octets, as: UTF8.self).utf8))
        }
        if flaw == .payloadsAreCut {
            record.secrets = SealedPayload(octets: Array(record.secrets.octets.prefix(65_535)))
        }
        state.records[key] = record
        state.written[key] = record.end
        index(record, key, replacing: old, in: &state)
    }

    private func index(_ record: SessionRecord, _ key: SessionKey, replacing old: SessionRecord?, in state: inout State)
    {
        if flaw == .indexForgetsUpdates, old != nil { return }
        if flaw == .indexLosesEntries, state.records.count.isMultiple(of: 7) { return }
        for tag in record.tags { state.index[flawed(tag), default: []].insert(key) }
    }

    private func touchable(_ record: SessionRecord?, at now: UnixTime) -> SessionRecord? {
        flaw == .touchRevives ? record : live(record, at: now)
    }

    private func touched(_ record: SessionRecord, until idleEnd: UnixTime) -> SessionRecord {
        var touched = record.touched(until: idleEnd)
        if flaw == .touchShortens { touched.idleEnd = min(idleEnd, record.absoluteEnd) }
        if flaw == .touchPassesTheAbsoluteEnd {
            touched.idleEnd = max(record.idleEnd, idleEnd)
            touched.absoluteEnd = max(record.absoluteEnd, idleEnd)
        }
        if flaw == .touchChangesTheRevision { touched.revision = Revision() }
        return touched
    }

    private func blank(until end: UnixTime) -> SessionRecord {
        SessionRecord(revision: Revision(), idleEnd: end, absoluteEnd: end, summary: .empty, secrets: .empty)
    }

    private func isPurgedEarly(_ entry: (key: SessionKey, value: SessionRecord), _ state: State, at time: UnixTime)
        -> Bool
    {
        switch flaw {
        case .purgeTakesTheLiving: entry.value.end < time.adding(seconds: 10)
        case .purgeIgnoresTouches: state.written[entry.key].map { $0 <= time } ?? false
        default: false
        }
    }

    private func tagged(_ tag: IndexTag, in state: State, at now: UnixTime) -> [(SessionKey, SessionRecord)] {
        state.index[flawed(tag), default: []].sorted().compactMap { key in
            guard let record = state.records[key] else { return nil }
            let carriesTag = record.tags.contains { flawed($0) == flawed(tag) } || flaw == .removeAllTakesOthers
            let isShown =
                live(record, at: now) != nil || flaw == .removeAllReturnsTheExpired || flaw == .expiredHidesTheLiving
            return carriesTag && isShown ? (key, record) : nil
        }
    }

    private func evict() {
        state.withLock { state in
            while state.records.count > 200 {
                guard let victim = state.records.max(by: { $0.value.end < $1.value.end }) else { return }
                state.records[victim.key] = nil
            }
        }
    }
}
