/// Why an embedded store failed. It names paths and error numbers, never a record's contents.
///
/// Thrown by a read, it means "ask again later", never "no session". Thrown by a write, it means that the outcome is
/// unknown.
@nonexhaustive
public enum SessionStoreError: Error, Hashable, Sendable {
    /// A system call failed.
    case system(call: String, path: String, errno: Int32)
    /// SQLite refused for a reason of its own (its extended result code).
    case sqlite(code: Int32, during: String)
    /// Another process or thread held the lock for longer than the store waits.
    case busy
    /// There are as many live records of this kind as the store accepts; it does not evict one of them for a new one.
    case full(SessionKey.Kind)
    /// More writes are waiting than the store queues.
    case overloaded
    /// The disk has no room.
    case noSpace(path: String)
    /// The record is larger than a store accepts.
    case oversized(SessionRecord.Oversized)
    /// A file or directory is open to others, belongs to another user, or is not a regular file or directory.
    case exposed(path: String, Exposure)
    /// A newer release made the store: it uses this version, and this release knows versions up to `known`.
    case newerFormat(path: String, version: Int, known: Int)
    /// The path has other content.
    case foreign(path: String)
    /// The file is not a database: its first page is damaged, or it is a file of another kind.
    case noDatabase(path: String)
    /// The database is damaged.
    case corrupt(path: String)
    /// The store's files were removed or replaced while it was open.
    case displaced(path: String)
    /// The write-ahead log has grown to its limit, because a reader does not end.
    case logFull(path: String)

    /// Why a file or directory is not trusted.
    public enum Exposure: Hashable, Sendable {
        /// Others may read or write it; the mode that it has.
        case mode(UInt32)
        /// It belongs to this user id.
        case owner(UInt32)
        /// It is a symbolic link, a device or a directory where a file is expected, or the other way round.
        case type
    }
}
