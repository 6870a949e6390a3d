import CFloor
import CStoreFloor
import OAuthTypes
import SessionStore
import Support

/// The file store compared with the four system calls that a durable file needs.
struct FileFigures {
    private static let rounds = 12
    private static let count = 25

    let folder: String
    private let corpus = RecordCorpus(payload: 2_000)

    init(folder: String) { self.folder = folder }

    func measure(_ report: inout Report) async throws {
        let store = try FileSessionStore(path: "\(folder)/sessions")
        var untagged = corpus
        untagged.isTagged = false
        untagged.series = 2
        var samples = [Samples(), Samples(), Samples()]
        for round in 0..<Self.rounds {
            let floor = unsafe cstorefloor_file_writes(
                "\(folder)/floor", corpus.payload, round * Self.count, Self.count)
            guard floor > 0 else { throw StoreRefusalError() }
            let numbers = round * Self.count..<(round + 1) * Self.count
            let plain = try await wall { [untagged] in try await store.fill(with: untagged, numbers: numbers, tasks: 1)
            }
            let tagged = try await wall { try await store.fill(with: corpus, numbers: numbers, tasks: 1) }
            // The first files of a directory cost more than the others.
            guard round > 0 else { continue }
            for (index, taken) in [floor, plain, tagged].enumerated() { samples[index].add(taken, of: Self.count) }
        }
        addFigures(to: &report, samples: samples)
    }

    private func addFigures(to report: inout Report, samples: [Samples]) {
        var table = Table("file, one task, 2,000 octets", "min µs", "median µs", "ratio of medians")
        let names = ["write, fsync, rename, fsync in C", "store: write, without tags", "store: write, two tags"]
        for (name, sample) in zip(names, samples) {
            table.row(
                name, sample.minimum.microseconds, sample.median.microseconds,
                (samples[0].median / sample.median).ratio)
        }
        report.add(table)
        report.add(Figure("file_durable_write", value: samples[0].median / samples[2].median, bound: .atLeast(0.9)))
        report.add(
            Figure("file_durable_write_untagged", value: samples[0].median / samples[1].median, bound: .atLeast(0.9)))
    }
}
