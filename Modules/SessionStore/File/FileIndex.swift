import Concurrency
import Dispatch

/// The index of a file store: an empty file for each tag of each record, named tag-key, in a directory for the first
/// octet of the tag.
// A class, because its descriptor lives as long as the store.
final class FileIndex: Sendable {
    private let directory: FileDirectory

    init(_ directory: consuming FileDirectory) { self.directory = directory }

    /// Makes entries for `key`; they are on the disk after ``synchronize(_:andEntriesOf:under:)``.
    func makeEntries(of key: SessionKey, under tags: Set<IndexTag>) throws(SessionStoreError) {
        for tag in tags { _ = try bucket(of: tag).openOrMake(tag.prefix + key.fileName) }
    }

    /// Waits until `file` and these entries are on the disk, together: the disk then flushes its cache once.
    func synchronize(
        _ file: borrowing FileDescriptor, andEntriesOf key: SessionKey, under tags: Set<IndexTag>
    ) throws(SessionStoreError) {
        let tags = Array(tags)
        let failures = Lock<[SessionStoreError]>([])
        DispatchQueue.concurrentPerform(iterations: tags.count + 1) { number in
            do throws(SessionStoreError) {
                if number == 0 { try file.synchronize() } else { try bucket(of: tags[number - 1]).synchronize() }
            } catch {
                failures.withLock { $0.append(error) }
            }
        }
        guard let failure = failures.withLock({ $0.first }) else { return }
        // The next attempt has to create the entries again: a second fsync of the same names might do nothing.
        try? removeEntries(of: key, under: Set(tags))
        throw failure
    }

    func removeEntries(of key: SessionKey, under tags: Set<IndexTag>) throws(SessionStoreError) {
        for tag in tags { _ = try bucket(of: tag).remove(tag.prefix + key.fileName) }
    }

    /// The keys that have an entry under `tag`, ascending.
    func keys(under tag: IndexTag) throws(SessionStoreError) -> [SessionKey] {
        let prefix = tag.prefix
        let names = try bucket(of: tag).names { $0.hasPrefix(prefix) }
        return names.compactMap { SessionKey(fileName: $0.dropFirst(prefix.count)) }.sorted()
    }

    private func bucket(of tag: IndexTag) throws(SessionStoreError) -> FileDirectory {
        try FileDirectory(Hex.encode(tag.octets.prefix(1)), in: directory)
    }
}

extension IndexTag {
    fileprivate var prefix: String { Hex.encode(octets) + "-" }
}
