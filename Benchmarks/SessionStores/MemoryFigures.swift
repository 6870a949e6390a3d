import CFloor
import OAuthTypes
import SessionStore
import Support
import Synchronization

/// The memory store compared with a dictionary behind a mutex, which has no bounds, no index and no order of expiry.
struct MemoryFigures {
    private static let count = 10_000
    private static let rounds = 40
    private let corpus = RecordCorpus(payload: 2_000)

    private final class Plain: Sendable {
        let records = Mutex<[SessionKey: SessionRecord]>([:])
    }

    func measure(_ report: inout Report) async throws {
        let store = MemorySessionStore()
        let plain = Plain()
        let keys = (0..<Self.count).map(corpus.key)
        let versions = [Revision(random: .system), Revision(random: .system)].map { revision in
            (0..<Self.count).map { corpus.record($0, revision: revision) }
        }
        try await writeAll(keys, records: versions[0], to: store, if: .absent)
        for (key, record) in zip(keys, versions[0]) { plain.records.withLock { $0[key] = record } }
        var samples = Array(repeating: Samples(), count: 4)
        for round in 1...Self.rounds {
            let (new, old) = (versions[round % 2], versions[(round + 1) % 2])
            samples[0].add(time { readAll(keys, from: plain) }, of: Self.count)
            samples[1].add(try await time { try await readAll(keys, from: store) }, of: Self.count)
            samples[2].add(time { writeAll(keys, records: new, to: plain) }, of: Self.count)
            samples[3].add(
                try await time { try await writeAll(keys, records: new, to: store, if: .revision(old[0].revision)) },
                of: Self.count)
        }
        addFigures(to: &report, samples: samples)
        try await addTaskFigures(to: &report, keys: keys, store: store)
    }

    private func addFigures(to report: inout Report, samples: [Samples]) {
        var table = Table("memory, 2,000 octets a session, one task", "min ns", "median ns", "times the dictionary")
        let names = ["dictionary under a mutex: read", "store: read", "dictionary: write", "store: write"]
        for (index, name) in names.enumerated() {
            let ratio = samples[index].minimum / samples[index / 2 * 2].minimum
            table.row(name, "\(Int(samples[index].minimum))", "\(Int(samples[index].median))", ratio.ratio)
        }
        report.add(table)
        report.add(Figure("memory_read", value: samples[1].minimum / samples[0].minimum, bound: .atMost(4)))
        report.add(Figure("memory_write", value: samples[3].minimum / samples[2].minimum, bound: .atMost(6)))
    }

    private func readAll(_ keys: [SessionKey], from plain: Plain) {
        for key in keys {
            cfloor_consume(plain.records.withLock { $0[key] }?.idleEnd.seconds ?? 0)
        }
    }

    private func writeAll(_ keys: [SessionKey], records: [SessionRecord], to plain: Plain) {
        for index in keys.indices { plain.records.withLock { $0[keys[index]] = records[index] } }
    }

    private func readAll(_ keys: [SessionKey], from store: MemorySessionStore) async throws {
        for key in keys {
            guard let record = await store.read(key, at: RecordCorpus.now) else { throw StoreRefusalError() }
            cfloor_consume(record.idleEnd.seconds)
        }
    }

    private func writeAll(
        _ keys: [SessionKey], records: [SessionRecord], to store: MemorySessionStore, if condition: WriteCondition
    ) async throws {
        for index in keys.indices {
            let isWritten = try await store.write(
                records[index], for: keys[index], if: condition, at: RecordCorpus.now)
            guard isWritten else { throw StoreRefusalError() }
        }
    }
}

extension MemoryFigures {
    /// The throughput of two reading tasks, compared with one. As with verifications, a round counts only if it had both
    /// processors.
    private func addTaskFigures(
        to report: inout Report, keys: [SessionKey], store: MemorySessionStore
    ) async throws {
        var samples = [Samples(), Samples()]
        var clean = 0
        for _ in 0..<200 where clean < 20 {
            let single = try await work(tasks: 1, keys: keys, store: store)
            let double = try await work(tasks: 2, keys: keys, store: store)
            guard let single, let double else { continue }
            clean += 1
            samples[0].add(single, of: 1)
            samples[1].add(double, of: 2)
        }
        guard clean > 0 else {
            let reason = "two idle processors were never there at once"
            return report.add(Figure(skipped: "memory_two_tasks", bound: .atLeast(1.8), because: reason))
        }
        report.add(Figure("memory_two_tasks", value: samples[0].minimum / samples[1].minimum, bound: .atLeast(1.8)))
    }

    private func work(tasks: Int, keys: [SessionKey], store: MemorySessionStore) async throws -> Int64? {
        let (processor, start) = (cfloor_process_nanoseconds(), cfloor_wall_nanoseconds())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                // Each task starts at another key, and all of them read every key.
                let order = Array(keys[(task * keys.count / 2)...] + keys[..<(task * keys.count / 2)])
                group.addTask { @concurrent in
                    for _ in 0..<10 { try await readAll(order, from: store) }
                }
            }
            try await group.waitForAll()
        }
        let wall = cfloor_wall_nanoseconds() - start
        let hadProcessors = Double(cfloor_process_nanoseconds() - processor) >= 0.95 * Double(wall) * Double(tasks)
        return hadProcessors ? wall : nil
    }
}

/// The processor time of this thread.
func time(_ work: () -> Void) -> Int64 {
    let start = cfloor_thread_nanoseconds()
    work()
    return cfloor_thread_nanoseconds() - start
}

/// The processor time of this thread; the work must not leave it.
func time(_ work: () async throws -> Void) async throws -> Int64 {
    let start = cfloor_thread_nanoseconds()
    try await work()
    return cfloor_thread_nanoseconds() - start
}

/// Wall time: waiting for a disk takes no processor time.
func wall(_ work: () async throws -> Void) async throws -> Int64 {
    let start = cfloor_wall_nanoseconds()
    try await work()
    return cfloor_wall_nanoseconds() - start
}
