#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Everything below a directory, to be written elsewhere: what a killed process leaves, or a changed form of it.
struct FileImage {
    /// A system call that failed.
    struct SystemError: Error {
        let call: String
        let path: String
        let errno: Int32
    }

    struct File {
        var octets: [UInt8]
        /// Seconds and nanoseconds; a store may keep something there.
        var modified: (seconds: Int, nanoseconds: Int)
    }

    /// Relative paths, each before what is below it.
    private var directories: [String] = []
    var files: [String: File] = [:]

    init(of path: String) throws(SystemError) { try collect(path, as: "") }

    /// Makes an empty directory for the owner alone.
    static func makeDirectory(_ path: String) throws(SystemError) {
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw SystemError("mkdir", at: path) }
    }

    func write(to path: String) throws(SystemError) {
        try Self.makeDirectory(path)
        for directory in directories { try Self.makeDirectory(path + directory) }
        for (name, file) in files { try Self.write(file, to: path + name) }
    }

    static func remove(_ path: String) {
        guard let image = try? FileImage(of: path) else { return }
        for name in image.files.keys { unsafe unlink(path + name) }
        for directory in image.directories.reversed() { unsafe rmdir(path + directory) }
        unsafe rmdir(path)
    }

    /// Where a file of `count` octets is cut short: nowhere near, in between, and one octet before its end.
    static func cuts(of count: Int) -> [Int] {
        let even = stride(from: 0, to: count, by: max(count / 8, 1))
        return Array(Set(even).union([count - 1]).filter { (0..<count).contains($0) }).sorted()
    }

    private mutating func collect(_ root: String, as name: String) throws(SystemError) {
        let path = root + name
        for entry in try Self.names(in: path) {
            var status = stat()
            guard unsafe lstat(path + "/" + entry, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                directories.append(name + "/" + entry)
                try collect(root, as: name + "/" + entry)
            } else {
                files[name + "/" + entry] = File(
                    octets: try Self.read(path + "/" + entry), modified: Self.modified(status))
            }
        }
    }
}

extension FileImage.SystemError {
    fileprivate init(_ call: String, at path: String) {
        #if canImport(Glibc)
            self.init(call: call, path: path, errno: Glibc.errno)
        #else
            self.init(call: call, path: path, errno: Darwin.errno)
        #endif
    }
}

extension FileImage {
    private static func modified(_ status: stat) -> (seconds: Int, nanoseconds: Int) {
        #if canImport(Glibc)
            (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        #else
            (status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec)
        #endif
    }

    private static func names(in path: String) throws(SystemError) -> [String] {
        guard let stream = unsafe opendir(path) else { throw SystemError("opendir", at: path) }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) {
                unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    private static func read(_ path: String) throws(SystemError) -> [UInt8] {
        guard let file = unsafe fopen(path, "rb") else { throw SystemError("fopen", at: path) }
        defer { unsafe fclose(file) }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return octets }
            octets += buffer.prefix(count)
        }
    }

    private static func write(_ file: File, to path: String) throws(SystemError) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0, let stream = unsafe fdopen(descriptor, "wb") else { throw SystemError("open", at: path) }
        let written = unsafe fwrite(file.octets, 1, file.octets.count, stream)
        guard unsafe fclose(stream) == 0, written == file.octets.count else { throw SystemError("write", at: path) }
        let time = timespec(tv_sec: file.modified.seconds, tv_nsec: file.modified.nanoseconds)
        guard unsafe utimensat(AT_FDCWD, path, [time, time], 0) == 0 else { throw SystemError("utimensat", at: path) }
    }
}
