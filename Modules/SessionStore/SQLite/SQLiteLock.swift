#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Lets one of our connections write or checkpoint at a time, in any process.
///
/// SQLite has a lock for writers, but not for a checkpoint that meets a writer: in releases from 3.7.0 to 3.51.2 a
/// checkpoint that runs while another connection resets the write-ahead log can lose a commit. No write happens while
/// this lock is held for a checkpoint. The lock is a file beside the database, locked with `flock`; the system releases
/// it when a process dies.
struct SQLiteLock: ~Copyable {
    private let file: FileDescriptor

    init(of database: String) throws(SessionStoreError) {
        let path = database + "-lock"
        let file = try FileDescriptor(path, in: AT_FDCWD, path: path, flags: O_RDWR | O_CREAT)
        let status = try file.status()
        guard status.isRegular else { throw .exposed(path: path, .type) }
        guard status.owner == geteuid() else { throw .exposed(path: path, .owner(status.owner)) }
        try file.setMode(0o600)
        self.file = file
    }

    /// Runs `body` while no other connection holds the lock.
    /// - Throws: ``SessionStoreError/busy`` when it was not available within five seconds.
    borrowing func hold<Answer>(
        _ body: () throws(SessionStoreError) -> Answer
    ) throws(SessionStoreError) -> Answer {
        try file.lock()
        defer { file.unlock() }
        return try body()
    }
}
