public import OAuthTypes
import WireFormats

/// Names one state of a record: 128 random bits that the writer chooses.
///
/// A writer whose write threw reads again and recognises its own revision; a revision never comes back, so there
/// is no ABA.
public struct Revision: Hashable, Sendable {
    private let bits: UInt128

    /// A new revision.
    public init(random: RandomSource = .system) {
        bits = UInt128(bigEndianOctets: random.bytes(count: 16))
    }

    /// Takes a revision that a store has kept; nil unless there are 16 octets.
    public init?(octets: [UInt8]) {
        guard octets.count == 16 else { return nil }
        bits = UInt128(bigEndianOctets: octets)
    }

    /// The 16 octets to store.
    public var octets: [UInt8] { bits.bigEndianOctets }
}

/// What must hold for a write to happen.
public enum WriteCondition: Hashable, Sendable {
    /// No live record is there.
    case absent
    /// A live record with this revision is there.
    case revision(Revision)
}
