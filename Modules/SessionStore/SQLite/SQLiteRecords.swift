import CSQLite
import OAuthTypes

/// The statements on records. What changes something runs inside a transaction of the writer.
struct SQLiteRecords {
    private let connection: SQLiteConnection

    init(_ connection: SQLiteConnection) { self.connection = connection }

    func row(for key: SessionKey) throws(SessionStoreError) -> SessionRecord.Decoded? {
        let statement = try connection.statement(
            "SELECT revision, idle_end, absolute_end, tags, summary, secrets FROM record WHERE kind = ? AND digest = ?")
        do { return try statement.first(key.columns, row: SessionRecord.Decoded.init(reading:)) } catch {
            // A row that is larger than any of ours.
            guard case .sqlite(CSQLITE_TOOBIG, _) = error else { throw error }
            return .unreadable
        }
    }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) throws(SessionStoreError) -> Bool {
        let present = try row(for: key)?.record
        guard condition.holds(for: present.flatMap { $0.isLive(at: now) ? $0 : nil }) else { return false }
        if let present, present.tags != record.tags { try remove(present.tags, from: key) }
        let values = key.columns + record.columns
        try connection.statement(
            """
            INSERT OR REPLACE INTO record
            (kind, digest, revision, idle_end, absolute_end, expires_at, tags, summary, secrets)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        ).run(values)
        if present?.tags != record.tags { try add(record.tags, to: key) }
        return true
    }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) throws(SessionStoreError) -> Bool {
        guard case .record(let record) = try row(for: key), record.isLive(at: now) else { return false }
        let touched = record.touched(until: idleEnd)
        guard touched.idleEnd != record.idleEnd else { return true }
        try connection.statement("UPDATE record SET idle_end = ?, expires_at = ? WHERE kind = ? AND digest = ?")
            .run([.integer(touched.idleEnd.seconds), .integer(touched.end.seconds)] + key.columns)
        return true
    }

    func remove(_ key: SessionKey) throws(SessionStoreError) -> SessionRecord.Decoded? {
        guard let row = try row(for: key) else { return nil }
        try connection.statement("DELETE FROM record WHERE kind = ? AND digest = ?").run(key.columns)
        if let record = row.record { try remove(record.tags, from: key) }
        return row
    }

    func purge(expiredBefore time: UnixTime, limit: Int) throws(SessionStoreError) -> Int {
        let keys = try connection.statement(
            "SELECT kind, digest FROM record WHERE expires_at <= ? ORDER BY expires_at LIMIT ?"
        ).run([.integer(time.seconds), .integer(Int64(max(limit, 0)))], row: SQLiteKey.init(reading:))
        for key in keys { try discard(key) }
        return keys.count
    }

    func keys(
        matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime
    ) throws(SessionStoreError) -> [SessionKey] {
        let start = after?.columns ?? [.integer(0), .blob([])]
        let statement = try connection.statement(
            """
            SELECT tagged.kind, tagged.digest FROM tagged JOIN record USING (kind, digest)
            WHERE tagged.tag = ? AND (tagged.kind, tagged.digest) > (?, ?) AND record.expires_at > ?
            ORDER BY tagged.kind, tagged.digest LIMIT ?
            """)
        let bounds: [SQLiteStatement.Value] = [.integer(now.seconds), .integer(Int64(max(limit, 0)))]
        return try statement.run([.blob(tag.octets)] + start + bounds, row: SQLiteKey.init(reading:))
            .compactMap(\.key)
    }

    func removeAll(
        matching tag: IndexTag, limit: Int, at now: UnixTime
    ) throws(SessionStoreError) -> [(key: SessionKey, row: SessionRecord.Decoded)] {
        var removed: [(key: SessionKey, row: SessionRecord.Decoded)] = []
        for key in try keys(matching: tag, after: nil, limit: limit, at: now) {
            if let row = try remove(key) { removed.append((key, row)) }
        }
        return removed
    }

    // Also for kinds that a newer release knows and this one does not.
    private func discard(_ key: SQLiteKey) throws(SessionStoreError) {
        let values: [SQLiteStatement.Value] = [.integer(key.kind), .blob(key.digest)]
        let tags =
            try connection.statement("DELETE FROM record WHERE kind = ? AND digest = ? RETURNING tags")
            .run(values) { $0.blob(0) }.first ?? []
        for tag in IndexTag.list(tags) ?? [] {
            try connection.statement("DELETE FROM tagged WHERE tag = ? AND kind = ? AND digest = ?")
                .run([.blob(tag.octets)] + values)
        }
    }

    private func add(_ tags: [IndexTag], to key: SessionKey) throws(SessionStoreError) {
        for tag in tags {
            try connection.statement("INSERT OR IGNORE INTO tagged (tag, kind, digest) VALUES (?, ?, ?)")
                .run([.blob(tag.octets)] + key.columns)
        }
    }

    private func remove(_ tags: [IndexTag], from key: SessionKey) throws(SessionStoreError) {
        for tag in tags {
            try connection.statement("DELETE FROM tagged WHERE tag = ? AND kind = ? AND digest = ?")
                .run([.blob(tag.octets)] + key.columns)
        }
    }
}

extension SessionRecord.Decoded {
    fileprivate init(reading row: SQLiteRow) {
        let (summary, secrets) = (row.blob(4), row.blob(5))
        guard
            let revision = Revision(octets: row.blob(0)), let tags = IndexTag.list(row.blob(3)),
            tags.count <= SessionRecord.maximumTagCount,
            summary.count + secrets.count <= SessionRecord.maximumPayloadCount
        else {
            self = .unreadable
            return
        }
        self = .record(
            SessionRecord(
                revision: revision, idleEnd: UnixTime(seconds: row.integer(1)),
                absoluteEnd: UnixTime(seconds: row.integer(2)), summary: SealedPayload(octets: summary),
                secrets: SealedPayload(octets: secrets), tags: tags))
    }
}

/// A key as the database has it, of a kind that may be unknown.
private struct SQLiteKey {
    let kind: Int64
    let digest: [UInt8]

    init(reading row: SQLiteRow) {
        kind = row.integer(0)
        digest = row.blob(1)
    }

    var key: SessionKey? {
        UInt8(exactly: kind).flatMap(SessionKey.Kind.init(rawValue:)).flatMap { SessionKey(kind: $0, digest: digest) }
    }
}

extension SessionKey {
    fileprivate var columns: [SQLiteStatement.Value] { [.integer(Int64(kind.rawValue)), .blob(digest)] }
}

extension SessionRecord {
    fileprivate var columns: [SQLiteStatement.Value] {
        [
            .blob(revision.octets), .integer(idleEnd.seconds), .integer(absoluteEnd.seconds), .integer(end.seconds),
            .blob(tags.flatMap(\.octets)), .blob(summary.octets), .blob(secrets.octets),
        ]
    }
}
