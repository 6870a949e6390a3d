import OAuthTypes
import SessionStore

/// Sessions that are made from their number each time, so that they take no memory of their own.
struct RecordCorpus: Sendable {
    static let now = UnixTime(seconds: 1_760_000_000)
    private static let tagMaker = SealingKeys(generatedBy: .system).tagMakers[0]

    /// The octets of both payloads together.
    let payload: Int
    /// When the sessions end.
    var end = now.adding(.seconds(86_400))
    /// Whether sessions are in the index, as those of a flow are: by user, and by the session at the provider.
    var isTagged = true
    /// Tells the sessions from those of other corpora in the same store.
    var series: UInt64 = 1

    func key(_ number: Int) -> SessionKey {
        var digest: [UInt8] = []
        var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 ^ series
        for _ in 0..<4 {
            state = Self.mixed(state &+ 0x9E37_79B9_7F4A_7C15)
            digest.append(contentsOf: (0..<8).map { UInt8(truncatingIfNeeded: state >> (8 * UInt64($0))) })
        }
        guard let key = SessionKey(kind: .session, digest: digest) else { fatalError("a digest has 32 octets") }
        return key
    }

    /// A session of a user with four sessions, each with its own session at the provider.
    func record(_ number: Int, revision: Revision = Revision(random: .system)) -> SessionRecord {
        SessionRecord(
            revision: revision, idleEnd: end, absoluteEnd: end,
            summary: SealedPayload(octets: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: payload / 8)),
            secrets: SealedPayload(octets: [UInt8](repeating: 7, count: payload - payload / 8)),
            tags: isTagged ? [tag(UInt64(number / 4), kind: 1), tag(UInt64(number), kind: 2)] : [])
    }

    private func tag(_ number: UInt64, kind: UInt64) -> IndexTag {
        var octets: [UInt8] = []
        for word in [Self.mixed(number ^ series << 32), Self.mixed(number &+ kind << 56)] {
            octets.append(contentsOf: (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) })
        }
        guard let tag = IndexTag(octets: octets) else { fatalError("a tag has 16 octets") }
        return tag
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

extension SessionStore {
    /// Writes these sessions, `tasks` at a time.
    func fill(with corpus: RecordCorpus, numbers: Range<Int>, tasks: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                group.addTask { @concurrent in
                    for number in stride(from: numbers.lowerBound + task, to: numbers.upperBound, by: tasks) {
                        let isWritten = try await self.write(
                            corpus.record(number), for: corpus.key(number), if: .absent, at: RecordCorpus.now)
                        guard isWritten else { throw StoreRefusalError() }
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

/// A store had a wrong result, so that its time means nothing.
struct StoreRefusalError: Error {}
