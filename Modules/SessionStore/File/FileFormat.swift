/// The file that says which program a directory belongs to, and which version of the layout it has.
enum FileFormat {
    private static let version = 1
    private static let fileName = "format"
    private static let prefix = "swift-login-flow sessions "

    /// Takes over an empty directory, and refuses one of another program or a newer release. Returns whether it was
    /// empty.
    static func prepare(
        _ root: borrowing FileDirectory, path: String, temporary: String
    ) throws(SessionStoreError) -> Bool {
        guard try isEmpty(root, path: path) else { return false }
        let text = "\(prefix)\(version)\n"
        try root.replace(fileName, with: Array(text.utf8), modified: 0, temporary: temporary)
        return true
    }

    /// Whether nothing is in the directory. Refuses one of another program or a newer release.
    static func isEmpty(_ root: borrowing FileDirectory, path: String) throws(SessionStoreError) -> Bool {
        if let file = try root.open(fileName) {
            try check(file, path: path)
            return false
        }
        let others = try root.names { !$0.hasPrefix("new-") && $0 != fileName }
        guard others.isEmpty else { throw .foreign(path: path) }
        return true
    }

    private static func check(_ file: borrowing FileDescriptor, path: String) throws(SessionStoreError) {
        guard let octets = try file.read(upTo: 64) else { throw .foreign(path: path) }
        let text = String(decoding: octets, as: UTF8.self)
        guard text.hasPrefix(prefix), let found = Int(text.dropFirst(prefix.count).prefix { $0 != "\n" }) else {
            throw .foreign(path: path)
        }
        guard found <= version else { throw .newerFormat(path: path, version: found, known: version) }
    }
}
