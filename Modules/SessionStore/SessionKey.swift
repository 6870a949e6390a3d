import CryptoPrimitives
import WireFormats

/// Names a record in a store: what kind of record it is and a SHA-256 digest (or a key derived by HKDF), never
/// the browser's value.
public struct SessionKey: Hashable, Sendable {
    /// What a record is for. The raw values are stored and never change their meaning.
    @nonexhaustive
    public enum Kind: UInt8, CaseIterable, Sendable {
        /// A logged-in browser.
        case session = 1
        /// A code lease: a login whose code has been sent, or is about to be, so that there is one token request.
        case codeLease = 2
        /// The `jti` of a logout token that was processed.
        case logoutTokenID = 3
        /// A logout for a tag, so that a login that started before it ends at once.
        case logoutMark = 4
        /// A form that was posted with an ended session, kept until the next login.
        case savedRequest = 5
    }

    private let words: Words

    /// What the record is for.
    public let kind: Kind

    /// Creates a key from a stored kind and digest; nil unless `digest` has 32 octets.
    public init?(kind: Kind, digest: [UInt8]) {
        guard digest.count == 32 else { return nil }
        words = Words(digest)
        self.kind = kind
    }

    /// Creates the key of a record about `octets`, which are hashed with SHA-256.
    public init(kind: Kind, digestOf octets: [UInt8]) {
        words = Words(SHA2.sha256(octets))
        self.kind = kind
    }

    /// Creates the key of a record about secret octets: derived by HKDF under `label`, so that nothing else derived
    /// from the octets reveals it.
    public init(kind: Kind, deriving octets: [UInt8], label: String) {
        words = Words(Derivation.derive(from: octets, label: label))
        self.kind = kind
    }

    /// The digest, 32 octets.
    public var digest: [UInt8] { words.octets }

    /// A part of the digest, to spread records by.
    var hashWord: UInt64 { words.fourth }

    /// Another part, to find a record by among those of one shard.
    var tableWord: UInt64 { words.first }
}

extension SessionKey: Comparable {
    /// Orders by the kind's raw value, then by the digest's octets from the first to the last.
    public static func < (left: SessionKey, right: SessionKey) -> Bool {
        (left.kind.rawValue, left.words) < (right.kind.rawValue, right.words)
    }
}

extension SessionKey: CustomStringConvertible {
    /// The kind and the first octets of the digest, for logs.
    public var description: String { "\(kind) \(Hex.encode(digest.prefix(4)))…" }
}

/// 32 octets without an allocation of their own.
private struct Words: Hashable, Comparable, Sendable {
    let first, second, third, fourth: UInt64

    init(_ octets: [UInt8]) {
        first = UInt64(bigEndianOctets: octets.prefix(8))
        second = UInt64(bigEndianOctets: octets.dropFirst(8).prefix(8))
        third = UInt64(bigEndianOctets: octets.dropFirst(16).prefix(8))
        fourth = UInt64(bigEndianOctets: octets.dropFirst(24).prefix(8))
    }

    // Every call of a store on a disk asks for them: one allocation, not eight.
    var octets: [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(32)
        append(first, to: &octets)
        append(second, to: &octets)
        append(third, to: &octets)
        append(fourth, to: &octets)
        return octets
    }

    private func append(_ word: UInt64, to octets: inout [UInt8]) {
        for index in 0..<8 as Range<UInt64> { octets.append(UInt8(truncatingIfNeeded: word >> (56 - 8 * index))) }
    }

    static func < (left: Words, right: Words) -> Bool {
        (left.first, left.second, left.third, left.fourth) < (right.first, right.second, right.third, right.fourth)
    }
}
