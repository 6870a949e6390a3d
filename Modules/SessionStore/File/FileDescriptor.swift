#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open file or directory, closed with the value. Every call repeats when a signal interrupts it.
struct FileDescriptor: ~Copyable {
    /// What the system knows about a file.
    struct Status {
        let isRegular: Bool
        let isDirectory: Bool
        let owner: UInt32
        let mode: UInt32
        let size: Int
        /// When the contents changed, as far as the file says; the file store keeps a record's end there.
        let modified: Int64
        /// When the file itself changed: no user can set this.
        let changed: Int64
    }

    let raw: Int32
    /// The name in errors.
    let path: String

    /// Opens `name` in the directory `parent`, or a path of its own. Symbolic links are not followed, a child process
    /// does not inherit it, and a pipe does not block.
    init(
        _ name: String, in parent: Int32, path: String, flags: Int32, mode: mode_t = 0o600
    ) throws(SessionStoreError) {
        let all = flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        let raw = retrying { unsafe openat(parent, name, all, mode) }
        guard raw >= 0 else { throw .system("open", at: path) }
        self.raw = raw
        self.path = path
    }

    deinit { close(raw) }

    func status() throws(SessionStoreError) -> Status {
        var status = stat()
        guard unsafe fstat(raw, &status) == 0 else { throw .system("fstat", at: path) }
        return Status(status)
    }

    /// The contents, if there are at most `limit` octets of them.
    func read(upTo limit: Int) throws(SessionStoreError) -> [UInt8]? {
        let size = try status().size
        guard size <= limit else { return nil }
        var octets = [UInt8](repeating: 0, count: size)
        var filled = 0
        while filled < size {
            let count = unsafe octets.withUnsafeMutableBytes { buffer in
                retrying {
                    unsafe Self.systemRead(raw, into: buffer.baseAddress?.advanced(by: filled), count: size - filled)
                }
            }
            guard count >= 0 else { throw .system("read", at: path) }
            guard count > 0 else { break }
            filled += count
        }
        return Array(octets.prefix(filled))
    }

    func write(_ octets: [UInt8]) throws(SessionStoreError) {
        var written = 0
        while written < octets.count {
            let count = unsafe octets.withUnsafeBytes { buffer in
                retrying {
                    unsafe Self.systemWrite(
                        raw, from: buffer.baseAddress?.advanced(by: written), count: octets.count - written)
                }
            }
            guard count > 0 else { throw .system("write", at: path) }
            written += count
        }
    }

    /// Waits until the contents are on the disk. After a failure they are not, and calling again would not help: the
    /// file has to be written again.
    func synchronize() throws(SessionStoreError) {
        #if canImport(Darwin)
            // There fsync leaves the octets in the drive's own memory.
            if retrying({ fcntl(raw, F_FULLFSYNC) }) == 0 { return }
        #endif
        guard retrying({ fsync(raw) }) == 0 else { throw .system("fsync", at: path) }
    }

    /// Sets the mode regardless of the umask.
    func setMode(_ mode: mode_t) throws(SessionStoreError) {
        guard retrying({ fchmod(raw, mode) }) == 0 else { throw .system("fchmod", at: path) }
    }

    func setModified(_ seconds: Int64) throws(SessionStoreError) {
        let time = timespec(tv_sec: Int(seconds), tv_nsec: 0)
        let times = [time, time]
        guard retrying({ unsafe futimens(raw, times) }) == 0 else { throw .system("futimens", at: path) }
    }

    /// Locks the file for this descriptor, and waits at most five seconds while another one has the lock.
    func lock() throws(SessionStoreError) {
        for _ in 0..<5_000 {
            if try tryLock() { return }
            usleep(1_000)
        }
        throw .busy
    }

    /// Releases the lock.
    func unlock() { _ = retrying { flock(raw, LOCK_UN) } }

    private func tryLock() throws(SessionStoreError) -> Bool {
        if retrying({ flock(raw, LOCK_EX | LOCK_NB) }) == 0 { return true }
        guard errno == EWOULDBLOCK else { throw .system("flock", at: path) }
        return false
    }
}

extension FileDescriptor {
    #if canImport(Glibc)
        private static func systemRead(_ raw: Int32, into start: UnsafeMutableRawPointer?, count: Int) -> Int {
            unsafe Glibc.read(raw, start, count)
        }

        private static func systemWrite(_ raw: Int32, from start: UnsafeRawPointer?, count: Int) -> Int {
            unsafe Glibc.write(raw, start, count)
        }
    #else
        private static func systemRead(_ raw: Int32, into start: UnsafeMutableRawPointer?, count: Int) -> Int {
            unsafe Darwin.read(raw, start, count)
        }

        private static func systemWrite(_ raw: Int32, from start: UnsafeRawPointer?, count: Int) -> Int {
            unsafe Darwin.write(raw, start, count)
        }
    #endif
}

extension FileDescriptor.Status {
    init(_ status: stat) {
        isRegular = status.st_mode & S_IFMT == S_IFREG
        isDirectory = status.st_mode & S_IFMT == S_IFDIR
        owner = status.st_uid
        mode = UInt32(status.st_mode) & 0o7777
        size = Int(status.st_size)
        #if canImport(Glibc)
            modified = Int64(status.st_mtim.tv_sec)
            changed = Int64(status.st_ctim.tv_sec)
        #else
            modified = Int64(status.st_mtimespec.tv_sec)
            changed = Int64(status.st_ctimespec.tv_sec)
        #endif
    }

    /// Why one of our files or directories cannot be trusted; nil if it can.
    var exposure: SessionStoreError.Exposure? {
        guard owner == geteuid() else { return .owner(owner) }
        return mode & 0o077 == 0 ? nil : .mode(mode)
    }
}

extension SessionStoreError {
    /// What `errno` says about a call that has just failed.
    static func system(_ call: String, at path: String) -> SessionStoreError {
        switch errno {
        case ENOSPC, EDQUOT: .noSpace(path: path)
        case ELOOP, ENOTDIR: .exposed(path: path, .type)
        default: .system(call: call, path: path, errno: errno)
        }
    }

    var isNotFound: Bool {
        guard case .system(_, _, ENOENT) = self else { return false }
        return true
    }
}

/// Repeats a call that a signal interrupted.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        guard result == -1, errno == EINTR else { return result }
    }
}
