#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Identifies the file or directory at a path.
struct FileIdentity: Hashable, Sendable {
    private let device: UInt64
    private let number: UInt64

    /// Nil if it does not exist.
    init?(of path: String) throws(SessionStoreError) {
        var status = stat()
        guard retrying({ unsafe lstat(path, &status) }) == 0 else {
            guard errno == ENOENT || errno == ENOTDIR else { throw .system("lstat", at: path) }
            return nil
        }
        device = UInt64(truncatingIfNeeded: status.st_dev)
        number = UInt64(truncatingIfNeeded: status.st_ino)
    }
}
