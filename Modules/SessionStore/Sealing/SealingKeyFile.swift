public import OAuthTypes

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Sealing keys for development that survive a restart: a file of mode 0600, usually beside the session store.
///
/// Anyone with both the file and the store can read the sessions' summaries. In production provide the secret in
/// another way, such as a file that ``mountedKeys()`` reads.
public struct SealingKeyFile: Sendable {
    private let path: String

    /// Creates a value for the file; nothing is opened yet.
    public init(path: String) { self.path = path }

    /// Returns the keys in the file. If it does not exist, it is created with a new secret.
    /// - Throws: ``SealingError``.
    public func keys(random: RandomSource = .system) throws(SealingError) -> SealingKeys {
        let handle = unsafe open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw .unreadable(path: path, errno: errno) }
        defer { close(handle) }
        // Two processes that start at the same time must not each write a secret.
        guard flock(handle, LOCK_EX) == 0 else { throw .unreadable(path: path, errno: errno) }
        try requirePrivate(handle)
        let text = try contents(of: handle)
        guard text.isEmpty else { return try parsed(text) }
        let made = Hex.encode(random.bytes(count: SealingKeys.minimumSecretCount))
        try append(made + "\n", to: handle)
        return try parsed(made)
    }

    /// Returns the keys in a file that something else provides: a secret that Docker, Kubernetes or systemd mounts. It is
    /// only read, never made, so a missing file is an error.
    ///
    /// Links are followed, because Kubernetes mounts secrets behind them. The file may belong to root and others may read
    /// it: in a container, nobody else sees the mount. Others must not be able to write it, for their secret would open
    /// any session. The first line has the secrets in hexadecimal or base64url, separated by commas, newest first.
    /// - Throws: ``SealingError``.
    public func mountedKeys() throws(SealingError) -> SealingKeys {
        // Whatever stands there instead of a file must not block.
        let handle = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard handle >= 0 else { throw .unreadable(path: path, errno: errno) }
        defer { close(handle) }
        let status = try status(of: handle)
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable(path: path, errno: EINVAL) }
        guard status.st_mode & 0o022 == 0, status.st_uid == 0 || status.st_uid == geteuid() else {
            throw .writableByOthers(path: path)
        }
        return try parsed(try contents(of: handle))
    }

    private func requirePrivate(_ handle: Int32) throws(SealingError) {
        let status = try status(of: handle)
        guard status.st_mode & 0o077 == 0, status.st_uid == geteuid() else { throw .exposed(path: path) }
    }

    private func status(of handle: Int32) throws(SealingError) -> stat {
        var status = stat()
        guard unsafe fstat(handle, &status) == 0 else { throw .unreadable(path: path, errno: errno) }
        return status
    }

    private func contents(of handle: Int32) throws(SealingError) -> String {
        var buffer = [UInt8](repeating: 0, count: 4097)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(handle, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw .unreadable(path: path, errno: errno) }
        // What is cut might end in another secret that is valid too.
        guard count < buffer.count else { throw .unreadable(path: path, errno: EFBIG) }
        return String(decoding: buffer.prefix(count), as: UTF8.self)
    }

    private func append(_ text: String, to handle: Int32) throws(SealingError) {
        var bytes = Array(text.utf8)
        let written = unsafe bytes.withUnsafeMutableBytes { unsafe write(handle, $0.baseAddress, $0.count) }
        guard written == bytes.count, fsync(handle) == 0 else { throw .unreadable(path: path, errno: errno) }
    }

    private func parsed(_ text: String) throws(SealingError) -> SealingKeys {
        guard let line = text.split(whereSeparator: \.isNewline).first,
            let keys = try? SealingKeys(parsing: String(line))
        else { throw .malformed(path: path) }
        return keys
    }
}
