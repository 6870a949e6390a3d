import OAuthTypes
import SessionStore
import Synchronization

/// A store of a file for each record, right but for one flaw: what the kit's laws about files have to catch.
final class BrokenFolder: IndexedSessionStore {
    enum Flaw: CaseIterable, Sendable {
        case none
        case writesAreBuffered, updatesAreBuffered, removalsAreBuffered, indexIsInMemory
        case nothingIsChecked, oneBadFileStopsAll, keyIsNotInside
    }

    private let flaw: Flaw
    private let path: String
    private let buffered = Mutex<[SessionKey: SessionRecord?]>([:])
    private let known = Mutex<Set<SessionKey>>([])

    init(_ flaw: Flaw, path: String) throws {
        self.flaw = flaw
        self.path = path
        guard flaw == .oneBadFileStopsAll else { return }
        for key in try keys() where stored(key) == nil { throw BadFileError() }
    }

    struct BadFileError: Error {}

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? { look(key, at: now) }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool {
        let found = look(key, at: now)
        switch condition {
        case .absent: guard found == nil else { return false }
        case .revision(let revision): guard found?.revision == revision else { return false }
        }
        _ = known.withLock { $0.insert(key) }
        if flaw == .writesAreBuffered || (flaw == .updatesAreBuffered && condition != .absent) {
            buffered.withLock { $0[key] = .some(record) }
        } else {
            try writeFile(file(of: key), encoded(record, key))
        }
        return true
    }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        look(key, at: now) != nil
    }

    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        let found = look(key, at: now)
        if flaw == .removalsAreBuffered {
            buffered.withLock { $0[key] = .some(nil) }
        } else {
            buffered.withLock { $0[key] = nil }
            unlinkFile(file(of: key))
        }
        return found
    }

    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int { 0 }

    func keys(
        matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime
    ) async throws -> [SessionKey] {
        let all = flaw == .indexIsInMemory ? known.withLock { Array($0) } : try keys()
        return all.filter { look($0, at: now)?.tags.contains(tag) == true }.sorted()
    }

    func removeAll(matching tag: IndexTag, limit: Int, at now: UnixTime) async throws -> [SessionRecord] { [] }
}

extension BrokenFolder {
    private func look(_ key: SessionKey, at now: UnixTime) -> SessionRecord? {
        let record = buffered.withLock { $0[key] } ?? stored(key)
        return record.flatMap { $0.isLive(at: now) ? $0 : nil }
    }

    private func file(of key: SessionKey) -> String {
        let digits = ([key.kind.rawValue] + key.digest).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return path + "/" + digits.joined()
    }

    private func keys() throws -> [SessionKey] {
        try fileNames(in: path).compactMap { name in
            let digits = Array(name)
            let octets = stride(from: 0, to: digits.count, by: 2).compactMap {
                UInt8(String(digits[$0..<min($0 + 2, digits.count)]), radix: 16)
            }
            guard octets.count == 33, let kind = SessionKey.Kind(rawValue: octets[0]) else { return nil }
            return SessionKey(kind: kind, digest: Array(octets.dropFirst()))
        }
    }

    /// Checksum, key, record.
    private func encoded(_ record: SessionRecord, _ key: SessionKey) -> [UInt8] {
        let octets = key.digest + record.encoded()
        return checksum(octets) + octets
    }

    private func stored(_ key: SessionKey) -> SessionRecord? {
        guard let octets = try? readFile(file(of: key)), octets.count > 64 else { return nil }
        let body = Array(octets.dropFirst(8))
        if flaw == .nothingIsChecked { return guessed(body) }
        guard Array(octets.prefix(8)) == checksum(body) else { return nil }
        guard flaw == .keyIsNotInside || body.starts(with: key.digest) else { return nil }
        guard case .record(let record) = SessionRecord.decode(body.dropFirst(32)) else { return nil }
        return record
    }

    /// Takes what a torn record still has.
    private func guessed(_ body: [UInt8]) -> SessionRecord? {
        var body = Array(body.dropFirst(32))
        for _ in 0..<256 {
            if case .record(let record) = SessionRecord.decode(body) { return record }
            body.append(0)
        }
        return nil
    }

    // FNV-1a over 64 bits: enough to notice what was torn.
    private func checksum(_ octets: [UInt8]) -> [UInt8] {
        let sum = octets.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return (0..<8).map { UInt8(truncatingIfNeeded: sum >> ($0 * 8)) }
    }
}
