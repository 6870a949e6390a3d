#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file with a private key, as a person or a container's secrets provide it. It is only read.
struct PrivateFile {
    /// Why it is not used. Holds nothing of its content.
    enum ReadError: Error, Equatable, CustomStringConvertible {
        case unreadable(errno: Int32)
        case noFile
        case exposed
        case tooLong

        var description: String {
            switch self {
            case .unreadable(let code): unsafe "it cannot be read: \(String(cString: strerror(code)))"
            case .noFile: "it is no regular file"
            case .exposed: "others may write it, or it belongs to another user than this one or root"
            case .tooLong: "it is longer than 65,536 octets"
            }
        }
    }

    static let limit = 65_536

    let path: String

    /// The content. Links are followed, because Kubernetes mounts secrets behind them, and whatever stands there instead of a
    /// file does not block.
    func octets() throws(ReadError) -> [UInt8] {
        let handle = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard handle >= 0 else { throw .unreadable(errno: errno) }
        defer { close(handle) }
        try requireOwn(handle)
        var content: [UInt8] = []
        while true {
            var buffer = [UInt8](repeating: 0, count: 4_096)
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(handle, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(errno: errno) }
            guard count > 0 else { return content }
            content += buffer.prefix(count)
            guard content.count <= Self.limit else { throw .tooLong }
        }
    }

    // Who can write the file chooses the key that the app vouches with.
    private func requireOwn(_ handle: Int32) throws(ReadError) {
        var status = stat()
        guard unsafe fstat(handle, &status) == 0 else { throw .unreadable(errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .noFile }
        guard status.st_mode & 0o022 == 0, status.st_uid == 0 || status.st_uid == geteuid() else { throw .exposed }
    }
}
