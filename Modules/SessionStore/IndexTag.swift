public import OAuthTypes
import WireFormats

/// A tag to find records by: 16 octets that reveal nothing about their value.
///
/// Subjects and session identifiers of providers are often email addresses, so a tag is a keyed digest of them.
public struct IndexTag: Hashable, Sendable {
    private let bits: UInt128

    /// Creates a tag from stored octets; nil unless there are 16.
    public init?(octets: [UInt8]) {
        guard octets.count == 16 else { return nil }
        bits = UInt128(bigEndianOctets: octets)
    }

    /// The 16 octets to store.
    public var octets: [UInt8] { bits.bigEndianOctets }
}

/// Creates tags. A tag depends on the key, so a ring of several secrets has several makers: write with the first of
/// ``SealingKeys/tagMakers``, search and remove with each of them.
public struct IndexTagMaker: Sendable, CustomReflectable {
    /// The kind of a value. The raw values are part of the tag and never change their meaning.
    @nonexhaustive
    public enum Kind: UInt8, CaseIterable, Sendable {
        /// A user (`sub`).
        case subject = 1
        /// A session at the provider (`sid`).
        case providerSession = 2
    }

    private let key: [UInt8]

    init(key: [UInt8]) { self.key = key }

    /// The tag for `value` of this kind at `issuer`: HMAC-SHA-256 over all three, cut to 16 octets.
    public func tag(_ kind: Kind, issuer: Issuer, value: String) -> IndexTag {
        var message = [kind.rawValue]
        message.appendField(Array(issuer.text.utf8))
        message.appendField(Array(value.utf8))
        return IndexTag(cutting: Derivation.authenticate(key: key, message: message))
    }

    /// The tag of a user.
    public func subject(_ subject: SubjectID, at issuer: Issuer) -> IndexTag {
        tag(.subject, issuer: issuer, value: subject.text)
    }

    /// The tag of a session at the provider.
    public func providerSession(_ session: ProviderSessionID, at issuer: Issuer) -> IndexTag {
        tag(.providerSession, issuer: issuer, value: session.text)
    }

    /// No children: the key stays hidden.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension IndexTag {
    /// The tags that lie one behind another in `octets`, or nil unless they are whole.
    static func list(_ octets: [UInt8]) -> [IndexTag]? {
        guard octets.count.isMultiple(of: 16) else { return nil }
        return stride(from: 0, to: octets.count, by: 16).compactMap { IndexTag(octets: Array(octets[$0..<$0 + 16])) }
    }

    fileprivate init(cutting octets: [UInt8]) { bits = UInt128(bigEndianOctets: octets.prefix(16)) }
}
