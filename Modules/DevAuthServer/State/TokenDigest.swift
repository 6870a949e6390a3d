import CryptoPrimitives

/// The SHA-256 of a secret, which tables keep in its place. The time of a look-up says nothing about the secret.
struct TokenDigest: Hashable, Sendable {
    private let octets: [UInt8]

    init(_ secret: String) {
        octets = SHA2.sha256(Array(secret.utf8))
    }

    func isEqual(to other: TokenDigest) -> Bool { ConstantTime.equal(octets, other.octets) }
}
