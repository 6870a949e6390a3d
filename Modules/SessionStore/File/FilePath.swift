#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where a store is.
enum FilePath {
    /// The path with its directory resolved: it means the same after a change of the working directory, and only its last
    /// component could be a symbolic link.
    static func resolved(_ path: String) throws(SessionStoreError) -> String {
        let cut = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let directory = cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let name = cut.map { String(path[path.utf8.index(after: $0)...]) } ?? path
        guard !name.isEmpty, let resolved = unsafe realpath(directory, nil) else {
            throw .system(call: "realpath", path: directory, errno: name.isEmpty ? EISDIR : errno)
        }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved) + "/" + name
    }

    /// Refuses a path at which this process could make nothing, because its directory is missing or not to be written to.
    static func requireRoom(for path: String) throws(SessionStoreError) {
        let resolved = try resolved(path)
        let cut = resolved.utf8.lastIndex(of: UInt8(ascii: "/")) ?? resolved.startIndex
        let directory = resolved[..<cut].isEmpty ? "/" : String(resolved[..<cut])
        guard retrying({ unsafe access(directory, W_OK | X_OK) }) == 0 else { throw .system("access", at: path) }
    }

    /// The path without trailing slashes, with which a symbolic link would be followed.
    static func trimmed(_ path: String) -> String {
        guard let last = path.utf8.lastIndex(where: { $0 != UInt8(ascii: "/") }) else { return path }
        return String(path[...last])
    }
}
