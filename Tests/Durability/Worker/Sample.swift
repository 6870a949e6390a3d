import CryptoPrimitives
import OAuthTypes
import SessionStore

/// The records of the durability tests: all of a record's content follows from its name and its number, so that a
/// reader sees whether it is complete and which record it is.
struct Sample {
    /// When each record ends.
    struct Span {
        var idleEnd: UnixTime
        var absoluteEnd: UnixTime
    }

    let name: String
    let number: Int

    var key: SessionKey { Self.key(of: name) }

    static func key(of name: String) -> SessionKey { SessionKey(kind: .session, digestOf: Array(name.utf8)) }

    func record(_ span: Span) -> SessionRecord {
        SessionRecord(
            revision: Self.revision(octets: digest("revision")), idleEnd: span.idleEnd, absoluteEnd: span.absoluteEnd,
            summary: SealedPayload(octets: Array("\(name) \(number)".utf8)), secrets: SealedPayload(octets: filler),
            tags: tags)
    }

    /// The revision of this state of the record.
    var revision: Revision { Self.revision(octets: digest("revision")) }

    /// Finds out what `record`, which lies under `name`, is; nil when it is not whole or another one's.
    init?(_ record: SessionRecord, under name: String, span: Span) {
        let words = String(decoding: record.summary.octets, as: UTF8.self).split(separator: " ")
        guard words.count == 2, words[0] == name, let number = Int(words[1]) else { return nil }
        self.init(name: name, number: number)
        var expected = self.record(span)
        guard (span.idleEnd...span.absoluteEnd).contains(record.idleEnd) else { return nil }
        expected.idleEnd = record.idleEnd
        guard record == expected else { return nil }
    }

    init(name: String, number: Int) {
        self.name = name
        self.number = number
    }

    /// One tag that stays, by the record's key, and one that an update changes.
    private var tags: [IndexTag] {
        [Self.tag("owner\(key.digest[1] % 8)"), Self.tag("state\(number % 4)")].compactMap(\.self)
    }

    static func tag(_ text: String) -> IndexTag? {
        IndexTag(octets: Array(SHA2.sha256(Array(text.utf8)).prefix(16)))
    }

    private var filler: [UInt8] {
        let seed = digest("filler")
        let count = 100 + (Int(seed[0]) << 8 | Int(seed[1])) % 3_000
        var octets: [UInt8] = []
        while octets.count < count { octets += SHA2.sha256(seed + octets.suffix(32)) }
        return Array(octets.prefix(count))
    }

    private func digest(_ purpose: String) -> [UInt8] { SHA2.sha256(Array("\(purpose) \(name) \(number)".utf8)) }

    private static func revision(octets: [UInt8]) -> Revision {
        Revision(octets: Array(octets.prefix(16))) ?? Revision()
    }
}
