import OAuthTypes

/// One of 256 directories of records, while it is locked: no other writer, in any process, changes a record in it
/// meanwhile.
struct FileShard: ~Copyable {
    private static let lockName = "lock"
    private static let temporaryPrefix = "new-"

    private static let settledName = "settled"

    private let number: UInt8
    private let directory: FileDirectory
    private let lock: FileDescriptor
    private let layout: FileLayout

    /// Opens the shard and waits for its lock, five seconds at most.
    init(_ number: UInt8, of layout: FileLayout) throws(SessionStoreError) {
        let directory = try layout.shard(number)
        let lock = try directory.openOrMake(Self.lockName)
        try lock.lock()
        try Self.settle(directory, number: number, of: layout)
        self.number = number
        self.layout = layout
        self.directory = directory
        self.lock = lock
    }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) throws(SessionStoreError) -> Bool {
        let found = try directory.find(key)
        // A newer release's record may be a code lease that still counts: it is never overwritten.
        if case .newer = found { return false }
        let present = found?.record
        guard condition.holds(for: present.flatMap { $0.isLive(at: now) ? $0 : nil }) else { return false }
        // Entries are added first and removed last: the index is always a superset.
        let before = Set(present?.tags ?? [])
        try save(record, for: key, indexing: Set(record.tags).subtracting(before))
        try? layout.index.removeEntries(of: key, under: before.subtracting(record.tags))
        return true
    }

    func find(_ key: SessionKey) throws(SessionStoreError) -> SessionRecord.Decoded? { try directory.find(key) }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) throws(SessionStoreError) -> Bool {
        guard let record = try directory.find(key)?.record, record.isLive(at: now) else { return false }
        let touched = record.touched(until: idleEnd)
        guard touched.end != record.end, let file = try directory.open(key.fileName) else { return true }
        try file.setModified(touched.end.seconds)
        // A file system that cannot hold the time gets a new file.
        if try file.status().modified != touched.end.seconds { try save(touched, for: key) }
        return true
    }

    /// Removes anything under `key`; a record only if `isWanted` holds for it.
    func remove(
        _ key: SessionKey, if isWanted: (SessionRecord) -> Bool = { _ in true }
    ) throws(SessionStoreError) -> SessionRecord.Decoded? {
        let found = try directory.find(key)
        if let record = found?.record, !isWanted(record) { return nil }
        let isRemoved = try directory.remove(key.fileName)
        // Even if nothing was there: an earlier removal may have failed, or been killed, before this point.
        try synchronizeNames()
        guard isRemoved else { return nil }
        try? layout.index.removeEntries(of: key, under: Set(found?.record?.tags ?? []))
        return found
    }

    /// Removes a record that is not live at `time`, unless it has become live meanwhile. Expired records need no fsync.
    func collect(_ key: SessionKey, expiredBefore time: UnixTime) throws(SessionStoreError) -> Bool {
        let found = try directory.find(key)
        switch found {
        case nil: return false
        case .record(let record) where record.isLive(at: time): return false
        case .record, .newer, .unreadable: break
        }
        guard try directory.remove(key.fileName) else { return false }
        try? layout.index.removeEntries(of: key, under: Set(found?.record?.tags ?? []))
        return true
    }

    /// Removes an entry from the index unless the record carries the tag.
    func tidy(_ key: SessionKey, under tag: IndexTag) throws(SessionStoreError) {
        switch try directory.find(key) {
        case .record(let record) where record.tags.contains(tag): return
        case .newer: return
        default: try layout.index.removeEntries(of: key, under: [tag])
        }
    }

    /// Removes files of writers that were killed more than an hour before `time`.
    func sweep(at time: UnixTime) throws(SessionStoreError) {
        for name in try directory.names(where: { $0.hasPrefix(Self.temporaryPrefix) }) {
            guard let status = try directory.status(of: name) else { continue }
            guard UnixTime(seconds: status.changed).adding(seconds: 3_600) < time else { continue }
            _ = try directory.remove(name)
        }
    }

    private func save(
        _ record: SessionRecord, for key: SessionKey, indexing tags: Set<IndexTag> = []
    ) throws(SessionStoreError) {
        try directory.replace(
            key.fileName, with: FileRecord.encode(record, for: key), modified: record.end.seconds,
            temporary: Self.temporaryPrefix + layout.freshName(),
            prepare: { () throws(SessionStoreError) in try layout.index.makeEntries(of: key, under: tags) },
            synchronize: { (file) throws(SessionStoreError) in
                try layout.index.synchronize(file, andEntriesOf: key, under: tags)
            })
        try synchronizeNames()
    }

    // After a failed fsync the system may consider the names written, and a second fsync succeeds without writing
    // anything. Until another change has been synchronized, the shard is not read.
    private func synchronizeNames() throws(SessionStoreError) {
        try Self.synchronize(directory, number: number, of: layout)
    }

    private static func synchronize(
        _ directory: borrowing FileDirectory, number: UInt8, of layout: FileLayout
    ) throws(SessionStoreError) {
        do { try directory.synchronize() } catch {
            layout.doubtful.insert(number)
            throw error
        }
        layout.doubtful.remove(number)
    }

    private static func settle(
        _ directory: borrowing FileDirectory, number: UInt8, of layout: FileLayout
    ) throws(SessionStoreError) {
        guard layout.doubtful.contains(number) else { return }
        try directory.replace(settledName, with: [], modified: 0, temporary: temporaryPrefix + layout.freshName())
        try synchronize(directory, number: number, of: layout)
    }
}

extension FileDirectory {
    /// What exists under `key`. A reader needs no lock: a record's file appears whole or not at all.
    func find(_ key: SessionKey) throws(SessionStoreError) -> SessionRecord.Decoded? {
        let opened: FileDescriptor?
        do { opened = try open(key.fileName) } catch {
            guard case .exposed = error else { throw error }
            return .unreadable
        }
        guard let file = opened else { return nil }
        let status = try file.status()
        guard status.isRegular, status.exposure?.isOwner != true,
            let octets = try file.read(upTo: FileRecord.maximumCount)
        else { return .unreadable }
        let found = FileRecord.decode(octets, for: key)
        guard case .record(let record) = found else { return found }
        // A touch is stored in the modification time only.
        return .record(record.touched(until: UnixTime(seconds: status.modified)))
    }

    /// Keys of records that may have expired at `time`, judged by their modification time.
    func expirable(before time: UnixTime) throws(SessionStoreError) -> [SessionKey] {
        var keys: [SessionKey] = []
        for name in try names(where: { SessionKey(fileName: $0) != nil }) {
            guard let status = try status(of: name), status.modified <= time.seconds else { continue }
            if let key = SessionKey(fileName: name) { keys.append(key) }
        }
        return keys
    }
}

extension SessionStoreError.Exposure {
    fileprivate var isOwner: Bool {
        guard case .owner = self else { return false }
        return true
    }
}
