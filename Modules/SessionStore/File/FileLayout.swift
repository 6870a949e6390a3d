import Concurrency
import Dispatch
import OAuthTypes

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where things are below the store's directory:
/// ```
/// format                     which version of this layout it is
/// records/00 … ff            records by the first octet of their digest; a lock and files named after their keys
/// tags/00 … ff               the index by the first octet of the tag; empty files named tag-key
/// ```
// A class, because its descriptors live as long as the store.
final class FileLayout: Sendable {
    private static let version = 1
    private static let formatName = "format"
    private static let formatPrefix = "swift-login-flow sessions "

    private let records: FileDirectory
    private let tags: FileDirectory
    private let random: RandomSource
    private let place: StorePlace
    // Shards whose names could not be synchronized.
    private let doubts = Lock<Set<UInt8>>([])

    init(
        path: String, random: RandomSource, notice: @escaping @Sendable (SessionStoreEvent) -> Void
    ) throws(SessionStoreError) {
        let root = try FileDirectory(making: FilePath.trimmed(path))
        let isNew = try Self.claim(root, path: path, temporary: "new-\(Hex.encode(random.bytes(count: 8)))")
        let records = try Self.fanOut("records", in: root)
        let tags = try Self.fanOut("tags", in: root)
        try root.synchronize()
        try root.synchronizeParent()
        self.random = random
        self.records = records
        self.tags = tags
        place = try StorePlace(path: try FilePath.resolved(FilePath.trimmed(path)), notice: notice)
        if isNew { notice(.created(path: path)) }
    }

    /// - Throws: ``SessionStoreError/displaced(path:)`` when the directory was removed or replaced.
    func requireInPlace() throws(SessionStoreError) { try place.requireFirst() }

    /// The same for reads, of which not every one looks.
    func requireInPlaceNowAndThen() throws(SessionStoreError) { try place.requireFirstNowAndThen() }

    func isInDoubt(_ shard: UInt8) -> Bool { doubts.withLock { $0.contains(shard) } }

    func doubt(_ shard: UInt8) { doubts.withLock { _ = $0.insert(shard) } }

    func trust(_ shard: UInt8) { doubts.withLock { _ = $0.remove(shard) } }

    func shard(_ number: UInt8) throws(SessionStoreError) -> FileDirectory {
        try FileDirectory(Hex.encode([number]), in: records)
    }

    /// An unused name.
    func freshName() -> String { Hex.encode(random.bytes(count: 16)) }

    /// Makes entries for `key`; they are on the disk after
    /// ``synchronize(_:andEntriesOf:under:)``.
    func makeEntries(of key: SessionKey, under tags: Set<IndexTag>) throws(SessionStoreError) {
        for tag in tags { _ = try bucket(of: tag).openOrMake(tag.prefix + key.fileName) }
    }

    /// Waits until `file` and these entries are on the disk, together: the disk then flushes its cache once.
    func synchronize(
        _ file: borrowing FileDescriptor, andEntriesOf key: SessionKey, under tags: Set<IndexTag>
    ) throws(SessionStoreError) {
        let tags = Array(tags)
        let failures = Lock<[SessionStoreError]>([])
        DispatchQueue.concurrentPerform(iterations: tags.count + 1) { place in
            do throws(SessionStoreError) {
                if place == 0 { try file.synchronize() } else { try bucket(of: tags[place - 1]).synchronize() }
            } catch {
                failures.withLock { $0.append(error) }
            }
        }
        guard let failure = failures.withLock({ $0.first }) else { return }
        // The next attempt has to create the entries again: a second fsync of the same names might do nothing.
        try? unindex(key, under: Set(tags))
        throw failure
    }

    func unindex(_ key: SessionKey, under tags: Set<IndexTag>) throws(SessionStoreError) {
        for tag in tags { _ = try bucket(of: tag).remove(tag.prefix + key.fileName) }
    }

    /// The keys that have an entry under `tag`, ascending.
    func keys(under tag: IndexTag) throws(SessionStoreError) -> [SessionKey] {
        let prefix = tag.prefix
        let names = try bucket(of: tag).names { $0.hasPrefix(prefix) }
        return names.compactMap { SessionKey(fileName: $0.dropFirst(prefix.count)) }.sorted()
    }

    private func bucket(of tag: IndexTag) throws(SessionStoreError) -> FileDirectory {
        try FileDirectory(Hex.encode(tag.octets.prefix(1)), in: tags)
    }
}

extension FileLayout {
    private static func fanOut(_ name: String, in root: borrowing FileDirectory) throws(SessionStoreError)
        -> FileDirectory
    {
        let directory = try FileDirectory(making: name, in: root)
        for number in UInt8.min...UInt8.max {
            _ = try FileDirectory(making: Hex.encode([number]), in: directory)
        }
        try directory.synchronize()
        return directory
    }

    /// Takes over an empty directory, and refuses one of another program or a newer release. Returns whether it was
    /// empty.
    private static func claim(
        _ root: borrowing FileDirectory, path: String, temporary: String
    ) throws(SessionStoreError) -> Bool {
        if let file = try root.open(formatName) {
            guard let octets = try file.read(upTo: 64) else { throw .foreign(path: path) }
            let text = String(decoding: octets, as: UTF8.self)
            guard text.hasPrefix(formatPrefix),
                let found = Int(text.dropFirst(formatPrefix.count).prefix { $0 != "\n" })
            else {
                throw .foreign(path: path)
            }
            guard found <= version else { throw .newerFormat(path: path, version: found, known: version) }
            return false
        }
        let others = try root.names { !$0.hasPrefix("new-") && $0 != formatName }
        guard others.isEmpty else { throw .foreign(path: path) }
        let text = "\(formatPrefix)\(version)\n"
        try root.replace(formatName, with: Array(text.utf8), modified: 0, temporary: temporary)
        return true
    }
}

extension IndexTag {
    fileprivate var prefix: String { Hex.encode(octets) + "-" }
}
