import Glibc

/// A directory that goes away with the value.
final class TemporaryDirectory: Sendable {
    struct SystemError: Error { let errno: Int32 }

    let path: String

    init() throws {
        // In memory where there is such a place: what these tests prove does not need the disk, and fsync costs
        // nothing there.
        let memory = unsafe access("/dev/shm", W_OK) == 0 ? "/dev/shm" : nil
        let parent = memory ?? (unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp")
        var template = Array("\(parent)/session-store-XXXXXX".utf8CString)
        guard let made = unsafe mkdtemp(&template) else { throw SystemError(errno: errno) }
        path = unsafe String(cString: made)
    }

    deinit {
        let everything = (try? Self.entries(below: path)) ?? []
        for entry in everything { unsafe remove(entry.path) }
        unsafe rmdir(path)
    }

    /// Every file below it, with what it holds.
    func contents() throws -> [String: [UInt8]] {
        try Self.entries(below: path).filter { !$0.isDirectory }.reduce(into: [:]) {
            $0[$1.path] = try readFile($1.path)
        }
    }

    /// Every file and directory below it, what is in a directory before the directory.
    func entries() throws -> [Entry] { try Self.entries(below: path) }

    struct Entry {
        let path: String
        let isDirectory: Bool
    }

    private static func entries(below directory: String) throws -> [Entry] {
        guard let stream = unsafe opendir(directory) else { throw SystemError(errno: errno) }
        defer { unsafe closedir(stream) }
        var entries: [Entry] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) {
                unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != ".." else { continue }
            let path = directory + "/" + name
            let isDirectory = unsafe entry.pointee.d_type == UInt8(DT_DIR)
            if isDirectory { entries += try Self.entries(below: path) }
            entries.append(Entry(path: path, isDirectory: isDirectory))
        }
        return entries
    }
}

func readFile(_ path: String) throws -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY)
    guard descriptor >= 0 else { throw TemporaryDirectory.SystemError(errno: errno) }
    defer { close(descriptor) }
    var octets: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return octets }
        octets += buffer.prefix(count)
    }
}

func writeFile(_ path: String, _ octets: [UInt8], mode: mode_t = 0o600) throws {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)
    guard descriptor >= 0 else { throw TemporaryDirectory.SystemError(errno: errno) }
    defer { close(descriptor) }
    guard unsafe Glibc.write(descriptor, octets, octets.count) == octets.count else {
        throw TemporaryDirectory.SystemError(errno: errno)
    }
}

/// The names in a directory, in no order.
func fileNames(in path: String) throws -> [String] {
    guard let stream = unsafe opendir(path) else { throw TemporaryDirectory.SystemError(errno: errno) }
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

/// Copies a directory with everything below it as `cp -r` would; what vanishes meanwhile is left out.
func copyTree(_ path: String, to copy: String) throws {
    guard unsafe mkdir(copy, 0o700) == 0 else { throw TemporaryDirectory.SystemError(errno: errno) }
    for name in try fileNames(in: path) {
        var status = stat()
        guard unsafe lstat(path + "/" + name, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR {
            try copyTree(path + "/" + name, to: copy + "/" + name)
        } else if let octets = try? readFile(path + "/" + name) {
            try writeFile(copy + "/" + name, octets)
        }
    }
}

func changeMode(of path: String, to mode: mode_t) throws {
    guard unsafe chmod(path, mode) == 0 else { throw TemporaryDirectory.SystemError(errno: errno) }
}

func makeSymbolicLink(_ path: String, to target: String) throws {
    guard unsafe symlink(target, path) == 0 else { throw TemporaryDirectory.SystemError(errno: errno) }
}

/// The permission bits, without following a symbolic link; nil when nothing is there.
func mode(of path: String) -> mode_t? {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
}

extension [UInt8] {
    /// Whether `text` is somewhere in it. The system's search for its first octet makes that quick in a debug build too.
    func contains(text: String) -> Bool {
        let sought = Array(text.utf8)
        guard let first = sought.first else { return true }
        return unsafe withUnsafeBytes { octets in
            var start = 0
            while octets.count - start >= sought.count {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: octets[start...])
                guard let begin = rest.baseAddress, let hit = unsafe memchr(begin, Int32(first), rest.count) else {
                    return false
                }
                start += unsafe hit - UnsafeMutableRawPointer(mutating: begin)
                guard octets.count - start >= sought.count else { return false }
                if unsafe memcmp(hit, sought, sought.count) == 0 { return true }
                start += 1
            }
            return false
        }
    }
}

func unlinkFile(_ path: String) { unsafe unlink(path) }
