import Concurrency

/// The shards whose names could not be synchronised: what they hold is not shown until a change of their own has been.
final class DoubtfulShards: Sendable {
    private let numbers = Lock<Set<UInt8>>([])

    func contains(_ shard: UInt8) -> Bool { numbers.withLock { $0.contains(shard) } }

    func insert(_ shard: UInt8) { numbers.withLock { _ = $0.insert(shard) } }

    func remove(_ shard: UInt8) { numbers.withLock { _ = $0.remove(shard) } }
}
