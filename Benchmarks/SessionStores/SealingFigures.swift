import CFloor
import CStoreFloor
import OAuthTypes
import SessionStore
import Support

/// Sealing and opening the secrets of one record, compared with the same sequence of libcrypto functions.
struct SealingFigures {
    private static let size = 2_048
    private static let batch = 500
    private static let rounds = 60

    func measure(_ report: inout Report) throws {
        let sealer = RecordSealer(keys: SealingKeys(generatedBy: .system))
        let id = SessionID()
        let record = RecordCorpus(payload: 16).record(1)
        let plaintext = [UInt8](repeating: 0x33, count: Self.size)
        var samples = [Samples(), Samples()]
        for _ in 0..<Self.rounds {
            var isRight = false
            samples[0].add(time { isRight = cstorefloor_seal_and_open(Self.size, Self.batch) }, of: Self.batch)
            guard isRight else { throw StoreRefusalError() }
            var opened = 0
            samples[1].add(
                time { opened = sealAndOpen(plaintext, with: sealer, id: id, record: record) }, of: Self.batch)
            guard opened == Self.batch else { throw StoreRefusalError() }
        }
        var table = Table("seal and open secrets of 2,048 octets", "min µs", "median µs", "times libcrypto")
        for (name, sample) in zip(["the same calls in C", "RecordSealer"], samples) {
            table.row(
                name, sample.minimum.microseconds, sample.median.microseconds,
                (sample.minimum / samples[0].minimum).ratio)
        }
        report.add(table)
        report.add(Figure("seal_and_open", value: samples[1].minimum / samples[0].minimum, bound: .atMost(1.25)))
    }

    private func sealAndOpen(
        _ plaintext: [UInt8], with sealer: RecordSealer, id: SessionID, record: SessionRecord
    ) -> Int {
        var record = record
        let context = SealingContext(id.key, absoluteEnd: record.absoluteEnd)
        return (0..<Self.batch).reduce(0) { opened, _ in
            guard let sealed = try? sealer.sealSecrets(plaintext, in: context, browser: id.browserSecret) else {
                return opened
            }
            record.secrets = sealed
            let text = sealer.openSecrets(of: record, under: id.key, browser: id.browserSecret)
            return opened + (text == plaintext ? 1 : 0)
        }
    }
}
