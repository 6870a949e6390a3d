import CFloor
import CStoreFloor
import OAuthTypes
import SessionStore
import Support
import Synchronization

private final class Flag: Sendable {
    let value = Atomic(false)
}

/// A store with very many sessions: the cost of reads, the memory of each session, and the effect of a purge on readers.
struct ScaleFigures<Store: SessionStore> {
    let name: String
    let count: Int
    let makeStore: (_ size: String) throws -> Store

    private static var payload: Int { 256 }
    private static var reads: Int { 20_000 }

    func measure(_ report: inout Report) async throws {
        let corpus = RecordCorpus(payload: Self.payload)
        var expired = corpus
        expired.series = 2
        expired.end = RecordCorpus.now.adding(.seconds(60))
        let small = try makeStore("small")
        try await small.fill(with: corpus, numbers: 0..<1_000, tasks: 8)
        cstorefloor_trim()
        let before = cstorefloor_resident()
        let large = try makeStore("large")
        try await large.fill(with: expired, numbers: 0..<count, tasks: 64)
        let each = Double(cstorefloor_resident() - before) / Double(count) - Double(Self.payload)
        try await large.fill(with: corpus, numbers: 0..<1_000, tasks: 8)
        let (few, many) = try await compare(small: small, few: corpus, large: large, many: expired)
        let quiet = try await latencies(of: corpus, in: large, until: { $0 >= Self.reads })
        let purging = try await latencies(of: corpus, in: large, whilePurging: expired.end)
        addFigures(to: &report, latencies: [few, many, quiet, purging].map(Self.percentile99), octetsEach: each)
    }

    private func addFigures(to report: inout Report, latencies: [Double], octetsEach: Double) {
        var table = Table("\(name), \(count) sessions", "99th percentile of reads, µs")
        let names = ["a store of 1,000", "this one", "1,000 of its sessions", "the same while \(count) are purged"]
        for (name, latency) in zip(names, latencies) { table.row(name, latency.microseconds) }
        report.add(table)
        report.add(Figure("\(name)_scale_read_p99", value: latencies[1] / latencies[0], bound: .atMost(2)))
        report.add(Figure("\(name)_purge_read_p99", value: latencies[3] / latencies[2], bound: .atMost(10)))
        if Store.self == MemorySessionStore.self {
            report.add(Figure("memory_octets_each", value: octetsEach, bound: .atMost(600)))
        }
    }

    /// Reads of a store of 1,000 sessions and of this one, in turns.
    private func compare(
        small: Store, few: RecordCorpus, large: Store, many: RecordCorpus
    ) async throws -> ([Int64], [Int64]) {
        var (ofSmall, ofLarge): ([Int64], [Int64]) = ([], [])
        for read in 0..<Self.reads {
            ofSmall.append(try await latency(of: few.key(read &* 7_919 % 1_000), in: small))
            ofLarge.append(try await latency(of: many.key(read &* 7_919 % count), in: large))
        }
        return (ofSmall, ofLarge)
    }

    /// Reads the corpus's 1,000 sessions in turn until `isEnough` says so.
    private func latencies(
        of corpus: RecordCorpus, in store: Store, until isEnough: (Int) -> Bool
    ) async throws -> [Int64] {
        var latencies: [Int64] = []
        while !isEnough(latencies.count) {
            latencies.append(try await latency(of: corpus.key(latencies.count % 1_000), in: store))
        }
        return latencies
    }

    /// The same reads while all other sessions are purged.
    private func latencies(
        of corpus: RecordCorpus, in store: Store, whilePurging time: UnixTime
    ) async throws -> [Int64] {
        let isDone = Flag()
        return try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask { @concurrent in
                defer { isDone.value.store(true, ordering: .releasing) }
                return try await Self.purgeAll(store, at: time)
            }
            let latencies = try await latencies(
                of: corpus, in: store,
                until: { count in
                    count > 0 && isDone.value.load(ordering: .acquiring)
                })
            guard try await group.next() == count else { throw StoreRefusalError() }
            return latencies
        }
    }

    /// Step by step, as a flow does, with other work in between.
    private static func purgeAll(_ store: Store, at time: UnixTime) async throws -> Int {
        var purged = 0
        while true {
            let step = try await store.purge(expiredBefore: time, limit: 1_000)
            guard step > 0 else { return purged }
            purged += step
        }
    }

    private func latency(of key: SessionKey, in store: Store) async throws -> Int64 {
        let start = cfloor_wall_nanoseconds()
        let record = try await store.read(key, at: RecordCorpus.now)
        let taken = cfloor_wall_nanoseconds() - start
        guard record != nil else { throw StoreRefusalError() }
        return taken
    }

    private static func percentile99(_ values: [Int64]) -> Double {
        Double(values.sorted()[values.count * 99 / 100])
    }
}
