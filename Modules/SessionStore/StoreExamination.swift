// Nothing here makes or changes a file. What cannot be told like this, such as damage within a database, is told when the store
// is opened.

extension FileSessionStore {
    /// Tells what would keep a store from being opened at `path`, as far as that can be seen from outside.
    /// - Throws: ``SessionStoreError``.
    package static func examine(_ path: String) throws(SessionStoreError) {
        let path = FilePath.trimmed(path)
        guard try FileIdentity(of: path) != nil else { return try FilePath.requireRoom(for: path) }
        _ = try FileFormat.isEmpty(try FileDirectory(existing: path), path: path)
    }
}

extension SQLiteSessionStore {
    /// Tells what would keep a database from being opened at `path`, as far as that can be seen from outside.
    /// - Throws: ``SessionStoreError``.
    package static func examine(_ path: String) throws(SessionStoreError) {
        let path = try FilePath.resolved(path)
        guard try FileIdentity(of: path) != nil else { return try FilePath.requireRoom(for: path) }
        try SQLiteFile.checkExposure(path)
    }
}
