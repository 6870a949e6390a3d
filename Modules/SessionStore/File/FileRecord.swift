import CryptoPrimitives
import OAuthTypes
import WireFormats

/// A record as a file:
/// ```
/// "SLFR" version (1) kind (1) digest (32) record (see SessionRecord+Encoding) checksum (16)
/// ```
/// The checksum is SHA-256 over all before it, cut to 16 octets. The name and the key inside have to agree, so that a
/// file that was moved or copied to another name is no record.
enum FileRecord {
    private static let magic = Array("SLFR".utf8)
    private static let version: UInt8 = 1
    private static let checksumCount = 16

    /// The maximum size in octets of a file of this version.
    static let maximumCount = SessionRecord.maximumPayloadCount + 1_024

    static func encode(_ record: SessionRecord, for key: SessionKey) -> [UInt8] {
        let octets = magic + [version, key.kind.rawValue] + key.digest + record.encoded()
        return octets + checksum(octets)
    }

    static func decode(_ octets: [UInt8], for key: SessionKey) -> SessionRecord.Decoded {
        var reader = OctetReader(octets.dropLast(checksumCount))
        guard octets.count > checksumCount, reader.take(magic.count) == magic else { return .unreadable }
        guard let found: UInt8 = reader.number() else { return .unreadable }
        guard found <= version else { return .newer(version: found) }
        guard
            found == version, Array(octets.suffix(checksumCount)) == checksum(Array(octets.dropLast(checksumCount))),
            reader.number() == key.kind.rawValue, reader.take(32) == key.digest
        else { return .unreadable }
        return SessionRecord.decode(reader.remainder)
    }

    private static func checksum(_ octets: [UInt8]) -> [UInt8] {
        Array(SHA2.sha256(octets).prefix(checksumCount))
    }
}

extension SessionKey {
    /// The record's file name: kind and digest in hexadecimal, nothing that came from outside.
    var fileName: String { Hex.encode([kind.rawValue] + digest) }

    init?(fileName: some StringProtocol) {
        guard
            fileName.utf8.count == 66, let octets = Hex.decode(fileName.utf8), let first = octets.first,
            let kind = Kind(rawValue: first)
        else { return nil }
        self.init(kind: kind, digest: Array(octets.dropFirst()))
    }

    /// The directory among 256 in which the record lies.
    var shard: UInt8 { digest[0] }
}
