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
        let context = SealingContext(id.key, absoluteEnd: end)
        return SessionRecord(
            revision: Revision(), idleEnd: end, absoluteEnd: end, summary: try sealer.sealSummary(summary, in: context),
            secrets: try sealer.sealSecrets(secrets, in: context, browser: id.browserSecret))
    }

    @Test func opensWhatItSealed() throws {
        let sealer = RecordSealer(keys: keys)
        let record = try record(by: sealer, for: id, endingAt: end)
        #expect(sealer.openSummary(of: record, under: id.key) == summary)
        #expect(sealer.openSecrets(of: record, under: id.key, browser: id.browserSecret) == secrets)
        #expect(sealer.isCurrent(record))
    }

    @Test func secretsStayClosedWithoutTheCookie() throws {
        let sealer = RecordSealer(keys: keys)
        let record = try record(by: sealer, for: id, endingAt: end)
        #expect(sealer.openSecrets(of: record, under: id.key, browser: SessionID().browserSecret) == nil)
    }

    /// What version 1 has sealed opens with every later release.
    @Test func opensWhatVersion1HasSealed() throws {
        let sealer = RecordSealer(keys: try SealingKeys(secrets: [[UInt8](repeating: 7, count: 32)]))
        let id = try #require(SessionID(cookieValue: "jSUqcBcwPMYO7rnfvcQGgBaaxnbKha-87bGWc8jGst0"))
        let record = SessionRecord(
            revision: Revision(), idleEnd: end, absoluteEnd: end,
            summary: SealedPayload(
                octets: octets(
                    ofHex:
                        "01a9ba0912feb2fd820446813b9aeb3de8adc413383d6f199464f69429d3baaf7b19b43e3002f6843d320baec97380bb"
                )),
            secrets: SealedPayload(
                octets: octets(
                    ofHex:
                        "010101a9ba091270ac25796a8ede31b9f0c5dd5d134036a026b51b31d9108cd3283aca0ec922c28d8f760112d0ba3f33"
                        + "ca56c62d7da9fde5a1692d80b1e2097dacdc4a07be37d7817d6b072c28c8f77a58ceee6f509023c2b10eae2f6c0b15"
                        + "8d41f73f3d4c4067b5b20ff36e6856917bf4")))
        #expect(sealer.openSummary(of: record, under: id.key) == Array("who".utf8))
        #expect(sealer.openSecrets(of: record, under: id.key, browser: id.browserSecret) == Array("tokens".utf8))
    }

    private func octets(ofHex text: String) -> [UInt8] {
        let digits = Array(text)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }

    /// Payloads swapped between records, or a stretched life, do not open.
    @Test func belongsToOneKeyAndOneEnd() throws {
        let sealer = RecordSealer(keys: keys)
        let other = SessionID()
        var record = try record(by: sealer, for: id, endingAt: end)
        #expect(sealer.openSummary(of: record, under: other.key) == nil)
        #expect(sealer.openSecrets(of: record, under: other.key, browser: id.browserSecret) == nil)
        record.absoluteEnd = end.adding(seconds: 1)
        #expect(sealer.openSummary(of: record, under: id.key) == nil)
        #expect(sealer.openSecrets(of: record, under: id.key, browser: id.browserSecret) == nil)
    }

    /// Whatever octet is changed, and wherever it is cut, it does not open.
    @Test func refusesEveryChangedOrMissingOctet() throws {
        let sealer = RecordSealer(keys: keys)
        let record = try record(by: sealer, for: id, endingAt: end)
        for index in record.secrets.octets.indices {
            var flipped = record
            var octets = record.secrets.octets
            octets[index] ^= 1
            flipped.secrets = SealedPayload(octets: octets)
            #expect(sealer.openSecrets(of: flipped, under: id.key, browser: id.browserSecret) == nil)
            var cut = record
            cut.secrets = SealedPayload(octets: Array(record.secrets.octets.prefix(index)))
            #expect(sealer.openSecrets(of: cut, under: id.key, browser: id.browserSecret) == nil)
        }
        for index in record.summary.octets.indices {
            var flipped = record
            var octets = record.summary.octets
            octets[index] ^= 1
            flipped.summary = SealedPayload(octets: octets)
            #expect(sealer.openSummary(of: flipped, under: id.key) == nil)
        }
    }

    /// Ten thousand records under three keys; the oldest key's removal makes its records "no session" and
    /// leaves the others.
    @Test func removingAKeyEndsItsSessionsOnly() throws {
        let secrets = (1...3).map { [UInt8](repeating: $0, count: 32) }
        let sealers = try secrets.map { RecordSealer(keys: try SealingKeys(secrets: [$0])) }
        let ring = SealingKeyRing(try SealingKeys(secrets: secrets.reversed()))
        let sealer = RecordSealer(ring: ring)
        let context = SealingContext(id.key, absoluteEnd: end)
        let records = try (0..<10_000).map { number in
            SessionRecord(
                revision: Revision(), idleEnd: end, absoluteEnd: end,
                summary: try sealers[number % 3].sealSummary(summary, in: context), secrets: .empty)
        }
        #expect(records.count { sealer.openSummary(of: $0, under: id.key) == summary } == 10_000)
        #expect(records.count { sealer.isCurrent($0) } == 3_333)
        ring.replace(with: try SealingKeys(secrets: [secrets[2], secrets[1]]))
        let opened = records.map { sealer.openSummary(of: $0, under: id.key) != nil }
        #expect(opened.indices.allSatisfy { opened[$0] == ($0 % 3 != 0) })
    }

    /// Keys rotate without a restart: what was made from the ring before seals with the new key.
    @Test func rotatesWithoutARestart() throws {
        let old = try SealingKeys(secrets: [[UInt8](repeating: 1, count: 32)])
        let both = try SealingKeys(secrets: [[UInt8](repeating: 2, count: 32), [UInt8](repeating: 1, count: 32)])
        let new = try SealingKeys(secrets: [[UInt8](repeating: 2, count: 32)])
        let ring = SealingKeyRing(old)
        let sealer = RecordSealer(ring: ring)
        let before = try record(by: sealer, for: id, endingAt: end)
        ring.replace(with: both)
        #expect(sealer.openSecrets(of: before, under: id.key, browser: id.browserSecret) == secrets)
        #expect(!sealer.isCurrent(before))
        let after = try record(by: sealer, for: id, endingAt: end)
        #expect(RecordSealer(keys: new).openSecrets(of: after, under: id.key, browser: id.browserSecret) == secrets)
        ring.replace(with: new)
        #expect(sealer.openSecrets(of: before, under: id.key, browser: id.browserSecret) == nil)
    }

    /// Two applications with one secret, or in one store, open nothing of each other's and find nothing by tag.
    @Test func applicationsAreApart() throws {
        let (shop, desk) = (keys.separated(for: "shop"), keys.separated(for: "desk"))
        let sealed = try record(by: RecordSealer(keys: shop), for: id, endingAt: end)
        for other in [keys, desk] {
            let sealer = RecordSealer(keys: other)
            #expect(sealer.openSummary(of: sealed, under: id.key) == nil)
            #expect(sealer.openSecrets(of: sealed, under: id.key, browser: id.browserSecret) == nil)
            let (subject, issuer) = (try SubjectID("user"), try Issuer("https://login.example"))
            #expect(other.tagMakers[0].subject(subject, at: issuer) != shop.tagMakers[0].subject(subject, at: issuer))
        }
        let again = RecordSealer(keys: keys.separated(for: "shop"))
        #expect(again.openSummary(of: sealed, under: id.key) == summary)
    }

    /// The payloads of two records of one user, exchanged, do not open.
    @Test func exchangedPayloadsDoNotOpen() throws {
        let sealer = RecordSealer(keys: keys)
        let other = SessionID()
        var (mine, theirs) = (
            try record(by: sealer, for: id, endingAt: end), try record(by: sealer, for: other, endingAt: end)
        )
        (mine.summary, theirs.summary) = (theirs.summary, mine.summary)
        (mine.secrets, theirs.secrets) = (theirs.secrets, mine.secrets)
        #expect(sealer.openSummary(of: mine, under: id.key) == nil)
        #expect(sealer.openSecrets(of: mine, under: id.key, browser: id.browserSecret) == nil)
        #expect(sealer.openSecrets(of: theirs, under: other.key, browser: other.browserSecret) == nil)
    }

    /// The newest key seals, older ones open, a removed one means "no session".
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
