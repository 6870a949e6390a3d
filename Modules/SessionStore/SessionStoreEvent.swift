/// An event for the operator that is no error for the caller.
@nonexhaustive
public enum SessionStoreEvent: Hashable, Sendable {
    /// A record is damaged or not one; it counts as no session.
    case unreadableRecord(SessionKey)
    /// A newer release wrote this record, in this version; it counts as no session.
    case newerRecord(SessionKey, version: UInt8)
    /// There was nothing, or an empty file: a new store without sessions was created.
    case created(path: String)
    /// The database was damaged and has been renamed; an empty one has replaced it.
    case movedAside(path: String, to: String)
    /// The store's files were removed or replaced while it was open; all calls throw from now on.
    case displaced(path: String)
    /// A reader that does not end keeps the write-ahead log, which has this many octets, from being written back.
    case longLog(path: String, octets: Int)
    /// The write-ahead log could not be written back; nothing is lost, and the next commit tries again.
    case failedCheckpoint(path: String, SessionStoreError)
}

extension SessionStoreEvent: CustomStringConvertible {
    /// What happened, for a log. Paths and the beginning of a key's digest, never a record's contents.
    public var description: String {
        switch self {
        case .unreadableRecord(let key): "the record \(key) is damaged: it counts as no session"
        case .newerRecord(let key, let version):
            "the record \(key) is a newer release's (format \(version)): it counts as no session"
        case .created(let path): "\(path): nothing was there; a new store without sessions was made"
        case .movedAside(let path, let other):
            "\(path): it was damaged and is now \(other); an empty one took its place"
        case .displaced(let path):
            "\(path): its files were removed or replaced while the store was open; start the app anew"
        case .longLog(let path, let octets):
            "\(path)-wal: a reader does not end, and it has grown to \(octets) octets; end the backup or query that reads it"
        case .failedCheckpoint(let path, let error): "\(path)-wal: it could not be written back: \(error)"
        }
    }
}
