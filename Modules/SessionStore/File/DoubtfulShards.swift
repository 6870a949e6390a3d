import Concurrency

/// The shards whose names could not be synchronized. They are not read until another change in them has been.
final class DoubtfulShards: Sendable {
    private let numbers = Lock<Set<UInt8>>([])

    func contains(_ shard: UInt8) -> Bool { numbers.withLock { $0.contains(shard) } }

    func insert(_ shard: UInt8) { numbers.withLock { _ = $0.insert(shard) } }

    func remove(_ shard: UInt8) { numbers.withLock { _ = $0.remove(shard) } }
}
