import Concurrency

/// The files of an open store. A removed file can still be written to, but what was written could not be found.
final class StoreFiles: Sendable {
    let path: String

    private let files: [(path: String, identity: FileIdentity)]
    private let notice: @Sendable (SessionStoreEvent) -> Void
    private let seen = Lock(Seen())

    private struct Seen {
        var isDisplaced = false
        var reads = 0
    }

    private static let readsBetweenLooks = 32

    /// The files as they are now; `path` names the store, and is the first of them.
    init(
        path: String, others: [String] = [], notice: @escaping @Sendable (SessionStoreEvent) -> Void
    ) throws(SessionStoreError) {
        self.path = path
        self.notice = notice
        var files: [(path: String, identity: FileIdentity)] = []
        for name in [path] + others {
            guard let identity = try FileIdentity(of: name) else { throw .displaced(path: path) }
            files.append((name, identity))
        }
        self.files = files
    }

    /// - Throws: ``SessionStoreError/displaced(path:)`` unless all files are the ones that were opened.
    func requireAll() throws(SessionStoreError) { try require(files) }

    /// The same for the first one, for reads: a look costs a tenth of a read, so only every 32nd looks. Once one call has
    /// found out, every one throws.
    func requireFirstNowAndThen() throws(SessionStoreError) {
        let (isDisplaced, mustLook) = seen.withLock { seen in
            defer { seen.reads = (seen.reads + 1) % Self.readsBetweenLooks }
            return (seen.isDisplaced, seen.reads == 0)
        }
        guard !isDisplaced else { throw .displaced(path: path) }
        if mustLook { try require(files.prefix(1)) }
    }

    /// The same for the first one.
    func requireFirst() throws(SessionStoreError) { try require(files.prefix(1)) }

    private func require(
        _ files: some Sequence<(path: String, identity: FileIdentity)>
    ) throws(SessionStoreError) {
        guard !seen.withLock({ $0.isDisplaced }) else { throw .displaced(path: path) }
        for file in files {
            if try FileIdentity(of: file.path) == file.identity { continue }
            let isKnown = seen.withLock { seen in
                defer { seen.isDisplaced = true }
                return seen.isDisplaced
            }
            if !isKnown { notice(.displaced(path: path)) }
            throw .displaced(path: path)
        }
    }
}
