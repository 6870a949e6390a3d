import OAuthTypes
import WireFormats

/// A record as octets, for stores that keep one value per key. Versioned; the checksum is the store's affair.
///
/// ```
/// octets = version (1) revision (16) idleEnd (8) absoluteEnd (8) tag count (1) tags (16 each)
///          summary (4 + n) secrets (4 + n)
/// ```
extension SessionRecord {
    /// The version that ``encoded()`` writes.
    public static let encodingVersion: UInt8 = 1

    /// The octets to keep.
    public func encoded() -> [UInt8] {
        var octets = [Self.encodingVersion]
        octets.reserveCapacity(42 + 16 * tags.count + summary.octets.count + secrets.octets.count)
        octets += revision.octets + idleEnd.seconds.bigEndianOctets + absoluteEnd.seconds.bigEndianOctets
        octets.append(UInt8(truncatingIfNeeded: tags.count))
        for tag in tags { octets += tag.octets }
        octets.appendField(summary.octets)
        octets.appendField(secrets.octets)
        return octets
    }

    /// Reads what ``encoded()`` wrote; everything else is reported, never guessed at.
    public static func decode(_ octets: some Sequence<UInt8>) -> Decoded {
        var reader = OctetReader(Array(octets))
        guard let version: UInt8 = reader.number() else { return .unreadable }
        guard version <= encodingVersion else { return .newer(version: version) }
        guard version == encodingVersion, let record = SessionRecord(version1: &reader), reader.isAtEnd else {
            return .unreadable
        }
        return .record(record)
    }

    private init?(version1 reader: inout OctetReader) {
        guard
            let revision = reader.take(16).flatMap(Revision.init(octets:)),
            let idleEnd: Int64 = reader.number(), let absoluteEnd: Int64 = reader.number(),
            let tagCount: UInt8 = reader.number(), let tags = reader.take(16 * Int(tagCount)).flatMap(IndexTag.list),
            let summary = reader.field(), let secrets = reader.field()
        else { return nil }
        self.init(
            revision: revision, idleEnd: UnixTime(seconds: idleEnd), absoluteEnd: UnixTime(seconds: absoluteEnd),
            summary: SealedPayload(octets: summary), secrets: SealedPayload(octets: secrets), tags: tags)
        guard (try? checkSize()) != nil else { return nil }
    }
}
