extension SessionStoreError: CustomStringConvertible {
    /// What happened and, if the operator can fix it, how. Paths and error numbers, never a record's contents.
    public var description: String {
        switch self {
        case .system(let call, let path, let code):
            "\(path): \(call) failed (errno \(code)): its parent must exist and be writable"
        case .sqlite(let code, let action): "SQLite answered \(code) during \(action)"
        case .busy: "another process held the store's lock for too long"
        case .full(let kind): "the store holds as many records of the kind '\(kind)' as it takes"
        case .overloaded: "more writes are waiting than the store queues"
        case .noSpace(let path): "\(path): the disk is full"
        case .oversized: "the record is larger than a store takes"
        case .exposed(let path, let exposure): "\(path): \(exposure.words)"
        case .newerFormat(let path, let version, let known):
            "\(path): a newer release made it (format \(version), this release knows \(known)); use that release, or another place"
        case .foreign(let path): "\(path): it holds something else than sessions; name another place"
        case .noDatabase(let path):
            "\(path): it is no database, or its first page is damaged; restore it, move it away or name another place"
        case .corrupt(let path): "\(path): the database is damaged; restore it or move it away"
        case .displaced(let path):
            "\(path): its files were removed or replaced while the store was open; start the app anew"
        case .logFull(let path):
            "\(path)-wal: it has grown to its limit, because a reader does not end; end the backup or query that reads it"
        }
    }
}

extension SessionStoreError.Exposure {
    fileprivate var words: String {
        switch self {
        case .mode(let mode): "others may use it (mode 0\(String(mode, radix: 8))); take their rights away with chmod"
        case .owner(let user): "it belongs to another user (id \(user)); change the owner or name another place"
        case .type:
            "it is a link, a device, or a directory where a file is expected, or the other way round; name another place"
        }
    }
}
