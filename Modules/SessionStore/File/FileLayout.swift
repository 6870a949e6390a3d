import OAuthTypes

/// Where things are below the store's directory:
/// ```
/// format                     which version of this layout it is
/// records/00 … ff            records by the first octet of their digest; a lock and files named after their keys
/// tags/00 … ff               the index by the first octet of the tag; empty files named tag-key
/// ```
// A class, because its descriptors live as long as the store.
final class FileLayout: Sendable {
    let index: FileIndex
    let doubtful = DoubtfulShards()

    private let records: FileDirectory
    private let files: StoreFiles
    private let random: RandomSource

    init(
        path: String, random: RandomSource, notice: @escaping @Sendable (SessionStoreEvent) -> Void
    ) throws(SessionStoreError) {
        let root = try FileDirectory(making: FilePath.trimmed(path))
        let temporary = "new-\(Hex.encode(random.bytes(count: 8)))"
        let isNew = try FileFormat.prepare(root, path: path, temporary: temporary)
        let records = try Self.fanOut("records", in: root)
        let tags = try Self.fanOut("tags", in: root)
        try root.synchronize()
        try root.synchronizeParent()
        self.random = random
        self.records = records
        index = FileIndex(tags)
        files = try StoreFiles(path: try FilePath.resolved(FilePath.trimmed(path)), notice: notice)
        if isNew { notice(.created(path: path)) }
    }

    /// - Throws: ``SessionStoreError/displaced(path:)`` when the directory was removed or replaced.
    func requireDirectory() throws(SessionStoreError) { try files.requireFirst() }

    /// The same for reads, of which not every one looks.
    func requireDirectoryNowAndThen() throws(SessionStoreError) { try files.requireFirstNowAndThen() }

    func shard(_ number: UInt8) throws(SessionStoreError) -> FileDirectory {
        try FileDirectory(Hex.encode([number]), in: records)
    }

    /// An unused name.
    func freshName() -> String { Hex.encode(random.bytes(count: 16)) }

    private static func fanOut(
        _ name: String, in root: borrowing FileDirectory
    ) throws(SessionStoreError) -> FileDirectory {
        let directory = try FileDirectory(making: name, in: root)
        for number in UInt8.min...UInt8.max {
            _ = try FileDirectory(making: Hex.encode([number]), in: directory)
        }
        try directory.synchronize()
        return directory
    }
}
