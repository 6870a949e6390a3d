import Glibc
import OAuthTypes
import SessionStore

/// Durable and with an index, for one process: every change is appended to a file, which is read when it is opened.
actor JournalStore: IndexedSessionStore {
    private var journal: Journal
    private var records: [SessionKey: SessionRecord]

    init(folder: String) throws {
        journal = try Journal(in: folder)
        records = journal.replay()
    }

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? { live(key, at: now) }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool {
        try record.checkSize()
        // Nothing suspends between look and write: that makes it a compare-and-swap.
        let holding = live(key, at: now).map { WriteCondition.revision($0.revision) } ?? .absent
        guard condition == holding else { return false }
        try journal.append(key, record)
        records[key] = record
        return true
    }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        guard let record = live(key, at: now) else { return false }
        records[key] = record.touched(until: idleEnd)
        return true
    }

    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? { try discard(key, at: now) }

    private func discard(_ key: SessionKey, at now: UnixTime) throws -> SessionRecord? {
        guard let record = live(key, at: now) else { return nil }
        try journal.append(key, nil)
        records[key] = nil
        return record
    }

    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
        let expired = records.filter { !$0.value.isLive(at: time) }.keys.prefix(max(limit, 0))
        for key in expired { records[key] = nil }
        if !expired.isEmpty { journal = try Journal(replacingTheOneIn: journal.folder, with: records) }
        return expired.count
    }

    func keys(matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime) async throws -> [SessionKey] {
        let tagged = records.filter { $0.value.tags.contains(tag) && $0.value.isLive(at: now) }.keys.sorted()
        return Array(tagged.drop { key in after.map { key <= $0 } ?? false }.prefix(max(limit, 0)))
    }

    func removeAll(matching tag: IndexTag, limit: Int, at now: UnixTime) async throws -> [SessionRecord] {
        try await keys(matching: tag, after: nil, limit: limit, at: now).compactMap { try discard($0, at: now) }
    }

    private func live(_ key: SessionKey, at now: UnixTime) -> SessionRecord? {
        records[key].flatMap { $0.isLive(at: now) ? $0 : nil }
    }
}

/// Entries one behind another: length (8), checksum (8), kind (1), digest (32), and the record unless it was removed.
private final class Journal {
    let folder: String
    private let file, directory: Int32
    private var end = 0

    init(in folder: String, name: String = "journal", flags: Int32 = 0) throws {
        self.folder = folder
        directory = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        file = unsafe openat(directory, name, O_RDWR | O_CREAT | O_DSYNC | O_NOFOLLOW | O_CLOEXEC | flags, 0o600)
        try require(file >= 0 && fsync(directory) == 0)
    }
    deinit { for descriptor in [file, directory] { close(descriptor) } }

    /// A fresh journal: it takes the old one's place all at once, or not at all.
    convenience init(replacingTheOneIn folder: String, with records: [SessionKey: SessionRecord]) throws {
        try self.init(in: folder, name: "journal.new", flags: O_TRUNC)
        for (key, record) in records { try append(key, record) }
        try require(unsafe renameat(directory, "journal.new", directory, "journal") == 0 && fsync(directory) == 0)
    }

    /// Writes behind the last whole entry: what a failed attempt left there is written over.
    func append(_ key: SessionKey, _ record: SessionRecord?) throws {
        let body = [key.kind.rawValue] + key.digest + (record?.encoded() ?? [])
        let checksum = SessionKey(kind: .session, digestOf: body).digest.prefix(8)
        let entry = (0..<8).map { UInt8(truncatingIfNeeded: body.count >> ($0 * 8)) } + checksum + body
        try require(unsafe pwrite(file, entry, entry.count, end) == entry.count)
        end += entry.count
    }

    /// What all changes lead to, up to the first that did not reach the disk whole.
    func replay() -> [SessionKey: SessionRecord] {
        var records: [SessionKey: SessionRecord] = [:]
        while let head = octets(16, at: end) {
            let count = head.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
            guard let body = octets(Int(clamping: count), at: end + 16),
                SessionKey(kind: .session, digestOf: body).digest.starts(with: head.suffix(8)),
                let kind = body.first.flatMap(SessionKey.Kind.init(rawValue:)),
                let key = SessionKey(kind: kind, digest: Array(body.dropFirst().prefix(32)))
            else { break }
            records[key] = SessionRecord.decode(body.dropFirst(33)).record
            end += 16 + body.count
        }
        return records
    }

    private func octets(_ count: Int, at offset: Int) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: min(count, SessionRecord.maximumPayloadCount + 1_024))
        return unsafe pread(file, &buffer, buffer.count, offset) == count ? buffer : nil
    }

    private func require(_ succeeded: Bool) throws(SessionStoreError) {
        guard succeeded else { throw .system(call: "journal", path: folder, errno: errno) }
    }
}
