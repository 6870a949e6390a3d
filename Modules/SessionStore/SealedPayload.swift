/// Octets that only a holder of the keys can open. A store keeps them as they are.
public struct SealedPayload: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// Version, key id, nonce, ciphertext and tag.
    public let octets: [UInt8]

    /// Takes octets that were sealed earlier.
    public init(octets: [UInt8]) { self.octets = octets }

    /// Nothing: for records that say all they have to say by being there.
    public static let empty = SealedPayload(octets: [])

    /// The number of octets.
    public var description: String { "\(octets.count) sealed octets" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
