import CryptoPrimitives

/// A client's secret is too short to be the key of an algorithm (RFC 7518 §3.2). Never carries the secret.
public struct WeakClientSecret: Error, Hashable, Sendable, CustomStringConvertible {
    /// What it was to be the key of.
    public let algorithm: MACAlgorithm
    /// How long the secret has to be at least, in octets of UTF-8.
    public let requiredOctets: Int

    init(_ algorithm: MACAlgorithm) {
        self.algorithm = algorithm
        requiredOctets = algorithm.hash.byteCount
    }

    /// A word that stays the same between releases.
    public var code: String { "weak_client_secret" }

    /// The reason in words, and what to do.
    public var description: String {
        "the client's secret is too short for \(algorithm): it must have at least \(requiredOctets) octets. "
            + "Have the provider issue a longer one, or use an algorithm with public keys"
    }
}
