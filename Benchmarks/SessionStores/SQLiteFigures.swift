import CFloor
import CStoreFloor
import OAuthTypes
import SessionStore
import Support

/// The SQLite store compared with SQLite used from C.
struct SQLiteFigures {
    private static let count = 10_000
    private static let rounds = 40
    private static let tasks = 64
    private static let writesEach = 25
    private static let floorWrites = 100

    let folder: String
    private let corpus = RecordCorpus(payload: 2_000)

    init(folder: String) { self.folder = folder }

    func measure(_ report: inout Report) async throws {
        let store = try SQLiteSessionStore(path: "\(folder)/sessions.sqlite")
        try await store.fill(with: corpus, numbers: 0..<Self.count, tasks: Self.tasks)
        try await measureReads(of: store, into: &report)
        try await measureWrites(of: store, into: &report)
    }

    private func measureReads(of store: SQLiteSessionStore, into report: inout Report) async throws {
        guard let floor = unsafe cstorefloor_reader_open("\(folder)/sessions.sqlite") else { throw StoreRefusalError() }
        defer { unsafe cstorefloor_reader_close(floor) }
        let keys = (0..<Self.count).map(corpus.key)
        let digests = keys.flatMap(\.digest)
        var samples = [Samples(), Samples()]
        for _ in 0..<Self.rounds {
            var found = 0
            samples[0].add(time { found = unsafe cstorefloor_read(floor, digests, keys.count) }, of: keys.count)
            guard found == keys.count else { throw StoreRefusalError() }
            let taken = try await time {
                for key in keys {
                    guard try await store.read(key, at: RecordCorpus.now) != nil else { throw StoreRefusalError() }
                }
            }
            samples[1].add(taken, of: keys.count)
        }
        var table = Table("SQLite, 10,000 sessions of 2,000 octets", "min µs", "median µs", "ratio of minima")
        for (name, sample) in zip(["prepared look-up in C", "store: read"], samples) {
            table.row(
                name, sample.minimum.microseconds, sample.median.microseconds,
                (samples[0].minimum / sample.minimum).ratio)
        }
        report.add(table)
        report.add(Figure("sqlite_read", value: samples[0].minimum / samples[1].minimum, bound: .atLeast(0.8)))
    }

    private func measureWrites(of store: SQLiteSessionStore, into report: inout Report) async throws {
        _ = try SQLiteSessionStore(path: "\(folder)/batches.sqlite")
        var samples = [Samples(), Samples(), Samples(), Samples()]
        for round in 1...5 {
            let floor = unsafe cstorefloor_sqlite_writes("\(folder)/floor.sqlite", corpus.payload, Self.floorWrites)
            guard floor > 0 else { throw StoreRefusalError() }
            samples[0].add(floor, of: Self.floorWrites)
            let whole = Self.tasks * Self.writesEach
            let batches = unsafe cstorefloor_sqlite_batches(
                "\(folder)/batches.sqlite", corpus.payload, Self.tasks, whole)
            guard batches > 0 else { throw StoreRefusalError() }
            samples[3].add(batches, of: whole)
            for (index, tasks) in [(1, 1), (2, Self.tasks)] {
                let count = tasks * Self.writesEach
                var fresh = corpus
                fresh.series = UInt64(10 * round + index)
                let taken = try await wall { [fresh] in
                    try await store.fill(with: fresh, numbers: 0..<count, tasks: tasks)
                }
                samples[index].add(taken, of: count)
            }
        }
        var table = Table("SQLite, synced writes", "best per second", "times one writer in C")
        for (name, sample) in zip(
            ["one writer in C, one small row", "store: one task", "store: 64 tasks", "64 sessions a commit in C"],
            samples)
        {
            table.row(name, "\(Int(1e9 / sample.minimum))", (samples[0].minimum / sample.minimum).ratio)
        }
        report.add(table)
        report.add(Figure("sqlite_group_commit", value: samples[0].minimum / samples[2].minimum, bound: .atLeast(8)))
    }
}
