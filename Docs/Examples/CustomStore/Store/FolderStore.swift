import Foundation
public import OAuthTypes
public import SessionStore

/// A session store of one's own: a dictionary behind an actor, and a file of it that each change replaces.
///
/// It serves one process, and a site with some hundreds of users: a change writes all sessions.
public actor FolderStore: SessionStore {
    private let file: RecordFile
    private var records: [SessionKey: SessionRecord]

    /// Opens the store in a folder, which must be there and belong to the app's user alone.
    public init(folder: String) throws {
        file = RecordFile(folder: folder)
        records = try file.read()
    }

    /// The record, unless it has expired: to the caller, it does not exist then.
    public func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? { live(key, at: now) }

    /// Writes if the store still holds what the caller saw.
    public func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool {
        try record.checkSize()
        // Nothing suspends between look and write: that makes it a compare-and-swap.
        let holding = live(key, at: now).map { WriteCondition.revision($0.revision) } ?? .absent
        guard condition == holding else { return false }
        try replace(key, by: record)
        return true
    }

    /// A touch may be lost in a crash, so it does not wait for the disk.
    public func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        guard let record = live(key, at: now) else { return false }
        records[key] = record.touched(until: idleEnd)
        return true
    }

    /// Only one caller gets the removed record.
    public func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        guard let record = live(key, at: now) else { return nil }
        try replace(key, by: nil)
        return record
    }

    /// Makes room, in steps of `limit`.
    public func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
        let expired = records.filter { !$0.value.isLive(at: time) }.keys.prefix(max(limit, 0))
        for key in expired { records[key] = nil }
        if !expired.isEmpty { try file.write(records) }
        return expired.count
    }

    private func live(_ key: SessionKey, at now: UnixTime) -> SessionRecord? {
        records[key].flatMap { $0.isLive(at: now) ? $0 : nil }
    }

    /// The file first: what is not on the disk is in no answer.
    private func replace(_ key: SessionKey, by record: SessionRecord?) throws {
        var changed = records
        changed[key] = record
        try file.write(changed)
        records = changed
    }
}
