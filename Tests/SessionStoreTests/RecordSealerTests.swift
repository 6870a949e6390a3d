import OAuthTypes
import SessionStore
import Testing

struct RecordSealerTests {
    private let id = SessionID()
    private let keys = SealingKeys(generatedBy: .system)
    private let end = UnixTime(seconds: 2_000)
    private let summary = Array("who and since when".utf8)
    private let secrets = Array("canary-access-token".utf8)

    private func record(
        by sealer: RecordSealer, for id: SessionID, endingAt end: UnixTime
    ) throws -> SessionRecord {
        let place = RecordPlace(id.key, absoluteEnd: end)
        return SessionRecord(
            revision: Revision(), idleEnd: end, absoluteEnd: end, summary: try sealer.sealSummary(summary, in: place),
            secrets: try sealer.sealSecrets(secrets, in: place, browser: id.browserSecret))
    }

    @Test(arguments: [SealingMode.browserBound, .serverReadable])
    func opensWhatItSealed(_ mode: SealingMode) throws {
        let sealer = RecordSealer(keys: keys, mode: mode)
        let record = try record(by: sealer, for: id, endingAt: end)
        #expect(sealer.openSummary(of: record, under: id.key) == summary)
        #expect(sealer.openSecrets(of: record, under: id.key, browser: id.browserSecret) == secrets)
        #expect(sealer.isCurrent(record))
    }

    @Test func secretsStayClosedWithoutTheCookie() throws {
        let sealer = RecordSealer(keys: keys)
        let record = try record(by: sealer, for: id, endingAt: end)
        #expect(sealer.openSecrets(of: record, under: id.key, browser: nil) == nil)
        #expect(sealer.openSecrets(of: record, under: id.key, browser: SessionID().browserSecret) == nil)
    }

    @Test func serverReadableSecretsOpenWithoutTheCookie() throws {
        let sealer = RecordSealer(keys: keys, mode: .serverReadable)
        let record = try record(by: sealer, for: id, endingAt: end)
        #expect(sealer.openSecrets(of: record, under: id.key, browser: nil) == secrets)
    }

    /// SS-13: payloads swapped between records, or a stretched life, do not open.
    @Test(arguments: [SealingMode.browserBound, .serverReadable])
    func belongsToOneKeyAndOneEnd(_ mode: SealingMode) throws {
        let sealer = RecordSealer(keys: keys, mode: mode)
        let other = SessionID()
        var record = try record(by: sealer, for: id, endingAt: end)
        #expect(sealer.openSummary(of: record, under: other.key) == nil)
        #expect(sealer.openSecrets(of: record, under: other.key, browser: id.browserSecret) == nil)
        record.absoluteEnd = end.adding(seconds: 1)
        #expect(sealer.openSummary(of: record, under: id.key) == nil)
        #expect(sealer.openSecrets(of: record, under: id.key, browser: id.browserSecret) == nil)
    }

    /// SS-16: whatever octet is changed, and wherever it is cut, it does not open.
    @Test func refusesEveryChangedOrMissingOctet() throws {
        let sealer = RecordSealer(keys: keys)
        let record = try record(by: sealer, for: id, endingAt: end)
        for place in record.secrets.octets.indices {
            var flipped = record
            var octets = record.secrets.octets
            octets[place] ^= 1
            flipped.secrets = SealedPayload(octets: octets)
            #expect(sealer.openSecrets(of: flipped, under: id.key, browser: id.browserSecret) == nil)
            var cut = record
            cut.secrets = SealedPayload(octets: Array(record.secrets.octets.prefix(place)))
            #expect(sealer.openSecrets(of: cut, under: id.key, browser: id.browserSecret) == nil)
        }
        for place in record.summary.octets.indices {
            var flipped = record
            var octets = record.summary.octets
            octets[place] ^= 1
            flipped.summary = SealedPayload(octets: octets)
            #expect(sealer.openSummary(of: flipped, under: id.key) == nil)
        }
    }

    @Test func rotationOfTheIDKeepsTheCiphertext() throws {
        let sealer = RecordSealer(keys: keys)
        var record = try record(by: sealer, for: id, endingAt: end)
        let next = SessionID()
        let moved = try #require(
            try sealer.moveSecrets(
                of: record, under: id.key, browser: id.browserSecret, to: RecordPlace(next.key, absoluteEnd: end),
                browser: next.browserSecret))
        #expect(moved.octets.suffix(secrets.count + 28) == record.secrets.octets.suffix(secrets.count + 28))
        record.secrets = moved
        #expect(sealer.openSecrets(of: record, under: next.key, browser: next.browserSecret) == secrets)
        #expect(sealer.openSecrets(of: record, under: id.key, browser: id.browserSecret) == nil)
    }

    @Test func movesNothingForTheWrongBrowser() throws {
        let sealer = RecordSealer(keys: keys)
        let record = try record(by: sealer, for: id, endingAt: end)
        let next = SessionID()
        let moved = try sealer.moveSecrets(
            of: record, under: id.key, browser: next.browserSecret, to: RecordPlace(next.key, absoluteEnd: end),
            browser: next.browserSecret)
        #expect(moved == nil)
    }

    /// SS-14: the newest key seals, older ones open, a removed one means "no session".
    @Test func followsTheRing() throws {
        let (old, new) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        let before = RecordSealer(keys: try SealingKeys(secrets: [old]))
        let during = RecordSealer(keys: try SealingKeys(secrets: [new, old]))
        let after = RecordSealer(keys: try SealingKeys(secrets: [new]))
        let sealedBefore = try record(by: before, for: id, endingAt: end)
        let sealedDuring = try record(by: during, for: id, endingAt: end)
        #expect(during.openSecrets(of: sealedBefore, under: id.key, browser: id.browserSecret) == secrets)
        #expect(!during.isCurrent(sealedBefore))
        #expect(during.isCurrent(sealedDuring))
        #expect(after.openSecrets(of: sealedDuring, under: id.key, browser: id.browserSecret) == secrets)
        #expect(after.openSecrets(of: sealedBefore, under: id.key, browser: id.browserSecret) == nil)
        #expect(after.openSummary(of: sealedBefore, under: id.key) == nil)
    }
}
