import OAuthTypes

/// Entries in slots that they keep, found by key.
///
/// A dictionary of keys and records takes up to three times the room of its entries, and moves all of them when it
/// grows; here a table of slot numbers does that.
struct MemorySlab: Sendable {
    /// A record with its key and its index in the expiry queue.
    struct Entry: Sendable {
        var record: SessionRecord
        let key: SessionKey
        var queueIndex: UInt32
    }

    private static let chunkCount: UInt32 = 256

    private(set) var count = 0
    private var chunks: [[Entry?]] = []
    private var free: [UInt32] = []
    // Open addressing: a slot's number plus one, or zero. A quarter at least is zero, so every search ends.
    private var buckets: [UInt32] = []
    // Differs from process to process, so that an attacker cannot prepare keys that collide in one bucket.
    private let seed = UInt64(truncatingIfNeeded: Hasher().finalize())

    /// Where the entry for `key` is.
    func slot(of key: SessionKey) -> UInt32? { bucket(of: key).map { buckets[$0] - 1 } }

    func record(at slot: UInt32) -> SessionRecord? {
        chunks[Int(slot / Self.chunkCount)][Int(slot % Self.chunkCount)]?.record
    }

    func key(at slot: UInt32) -> SessionKey? {
        chunks[Int(slot / Self.chunkCount)][Int(slot % Self.chunkCount)]?.key
    }

    func queueIndex(of slot: UInt32) -> Int? {
        chunks[Int(slot / Self.chunkCount)][Int(slot % Self.chunkCount)].map { Int($0.queueIndex) }
    }

    mutating func setQueueIndex(_ index: Int, of slot: UInt32) {
        chunks[Int(slot / Self.chunkCount)][Int(slot % Self.chunkCount)]?.queueIndex = UInt32(truncatingIfNeeded: index)
    }

    mutating func setRecord(_ record: SessionRecord, at slot: UInt32) {
        chunks[Int(slot / Self.chunkCount)][Int(slot % Self.chunkCount)]?.record = record
    }

    mutating func setIdleEnd(_ end: UnixTime, at slot: UInt32) {
        chunks[Int(slot / Self.chunkCount)][Int(slot % Self.chunkCount)]?.record.idleEnd = end
    }

    /// Takes a record whose key is not there yet, and gives its slot.
    mutating func insert(_ record: SessionRecord, for key: SessionKey) -> UInt32 {
        makeRoom()
        let slot = freeSlot()
        chunks[Int(slot / Self.chunkCount)][Int(slot % Self.chunkCount)] = Entry(
            record: record, key: key, queueIndex: 0)
        link(slot, under: key)
        count += 1
        return slot
    }

    mutating func remove(_ key: SessionKey) {
        guard let bucket = bucket(of: key) else { return }
        let slot = buckets[bucket] - 1
        unlink(bucket)
        chunks[Int(slot / Self.chunkCount)][Int(slot % Self.chunkCount)] = nil
        free.append(slot)
        count -= 1
    }
}

extension MemorySlab {
    private var mask: Int { buckets.count - 1 }

    private func home(of key: SessionKey) -> Int {
        Int(truncatingIfNeeded: ((key.tableWord ^ seed) &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
    }

    private func bucket(of key: SessionKey) -> Int? {
        guard count > 0 else { return nil }
        var bucket = home(of: key)
        while buckets[bucket] > 0 {
            if self.key(at: buckets[bucket] - 1) == key { return bucket }
            bucket = (bucket + 1) & mask
        }
        return nil
    }

    private mutating func link(_ slot: UInt32, under key: SessionKey) {
        var bucket = home(of: key)
        while buckets[bucket] > 0 { bucket = (bucket + 1) & mask }
        buckets[bucket] = slot + 1
    }

    /// Empties a bucket, and moves up what would not be found behind the hole.
    private mutating func unlink(_ bucket: Int) {
        var hole = bucket
        var next = (hole + 1) & mask
        while buckets[next] > 0, let key = key(at: buckets[next] - 1) {
            if (next - home(of: key)) & mask >= (next - hole) & mask {
                buckets[hole] = buckets[next]
                hole = next
            }
            next = (next + 1) & mask
        }
        buckets[hole] = 0
    }

    private mutating func makeRoom() {
        guard (count + 1) * 4 > buckets.count * 3 else { return }
        let slots = buckets.filter { $0 > 0 }
        buckets = Array(repeating: 0, count: max(16, buckets.count * 2))
        for slot in slots {
            if let key = key(at: slot - 1) { link(slot - 1, under: key) }
        }
    }

    private mutating func freeSlot() -> UInt32 {
        if let slot = free.popLast() { return slot }
        let first = UInt32(chunks.count) * Self.chunkCount
        chunks.append(Array(repeating: nil, count: Int(Self.chunkCount)))
        free.append(contentsOf: (first + 1..<first + Self.chunkCount).reversed())
        return first
    }
}
