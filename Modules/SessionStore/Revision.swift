public import OAuthTypes
import WireFormats

/// Names one state of a record: 128 random bits that the writer chooses.
///
/// A writer whose write threw reads again and recognizes its own revision; a revision never repeats, so there is no ABA
/// problem.
public struct Revision: Hashable, Sendable {
    private let bits: UInt128

    /// Creates a new revision.
    public init(random: RandomSource = .system) {
        bits = UInt128(bigEndianOctets: random.bytes(count: 16))
    }

    /// Creates a revision from stored octets; nil unless there are 16.
    public init?(octets: [UInt8]) {
        guard octets.count == 16 else { return nil }
        bits = UInt128(bigEndianOctets: octets)
    }

    /// The 16 octets to store.
    public var octets: [UInt8] { bits.bigEndianOctets }
}

/// What must hold for a write to happen.
public enum WriteCondition: Hashable, Sendable {
    /// There is no live record.
    case absent
    /// There is a live record with this revision.
    case revision(Revision)
}
