#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Makes sure that the database's files are accessible only to this user.
///
/// No descriptor of the database itself is ever opened and closed here: closing any descriptor of a file drops the
/// POSIX locks that SQLite holds on it in this process.
enum SQLiteFile {
    /// Creates an empty file of mode 0600 unless there is one. It is created under another name and linked, so that no
    /// other process opens it while our descriptor is open.
    static func createIfAbsent(_ path: String, random suffix: String) throws(SessionStoreError) {
        if try FileIdentity(of: path) != nil { return }
        let temporary = "\(path).new-\(suffix)"
        let descriptor = unsafe open(temporary, O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(call: "open", path: temporary, errno: errno) }
        defer { unsafe unlink(temporary) }
        // The umask may have removed the owner's permissions.
        let isOwnersOnly = fchmod(descriptor, 0o600) == 0 && fsync(descriptor) == 0
        let failure = errno
        close(descriptor)
        guard isOwnersOnly else { throw .system(call: "fchmod", path: temporary, errno: failure) }
        guard unsafe link(temporary, path) == 0 || errno == EEXIST else {
            throw .system(call: "link", path: path, errno: errno)
        }
    }

    /// The files that SQLite keeps beside a database: its log and its shared memory.
    static func companions(of path: String) -> [String] { [path + "-wal", path + "-shm"] }

    /// Renames the database and what lies beside it, so that `path` is free. The log goes first: a database without
    /// its log is still found to be damaged, and a log without its database must never meet another one.
    static func moveAside(_ path: String, to other: String) throws(SessionStoreError) {
        for suffix in ["-wal", "-shm", "-journal", ""] {
            let renamed = retrying { unsafe rename(path + suffix, other + suffix) }
            guard renamed == 0 || errno == ENOENT else { throw .system("rename", at: path + suffix) }
        }
        let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "."
        try FileDescriptor(folder, in: AT_FDCWD, path: folder, flags: O_RDONLY | O_DIRECTORY).synchronize()
    }

    /// Refuses a database whose file, log or shared memory others may open, or that is not a regular file.
    static func checkExposure(_ path: String) throws(SessionStoreError) {
        for name in [path, path + "-journal"] + companions(of: path) {
            var status = stat()
            guard unsafe lstat(name, &status) == 0 else {
                guard errno == ENOENT, name != path else { throw .system(call: "lstat", path: name, errno: errno) }
                continue
            }
            guard status.st_mode & S_IFMT == S_IFREG else { throw .exposed(path: name, .type) }
            guard status.st_uid == geteuid() else { throw .exposed(path: name, .owner(status.st_uid)) }
            let mode = UInt32(status.st_mode) & 0o777
            guard mode & 0o077 == 0 else { throw .exposed(path: name, .mode(mode)) }
        }
    }
}
