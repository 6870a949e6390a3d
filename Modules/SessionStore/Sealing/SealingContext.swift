public import OAuthTypes
import WireFormats

/// The key of a record and its absolute end: the associated data of its payloads.
public struct SealingContext: Hashable, Sendable {
    let octets: [UInt8]

    /// Creates the context of a record under `key` whose absolute end is `absoluteEnd`.
    public init(_ key: SessionKey, absoluteEnd: UnixTime) {
        octets = [key.kind.rawValue] + key.digest + absoluteEnd.seconds.bigEndianOctets
    }
}
