/// Octets that only a holder of the keys can open. A store keeps them unchanged.
public struct SealedPayload: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// Version, key id, nonce, ciphertext and tag.
    public let octets: [UInt8]

    /// Creates a payload from octets that were sealed earlier.
    public init(octets: [UInt8]) { self.octets = octets }

    /// No content: for records whose existence is all they say.
    public static let empty = SealedPayload(octets: [])

    /// The number of octets.
    public var description: String { "\(octets.count) sealed octets" }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
