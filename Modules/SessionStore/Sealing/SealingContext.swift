public import OAuthTypes
import WireFormats

/// Under which key a record lies and how long it may live at most: the associated data of its payloads.
public struct SealingContext: Hashable, Sendable {
    let octets: [UInt8]

    /// The context of a record under `key` whose absolute end is `absoluteEnd`.
    public init(_ key: SessionKey, absoluteEnd: UnixTime) {
        octets = [key.kind.rawValue] + key.digest + absoluteEnd.seconds.bigEndianOctets
    }
}
