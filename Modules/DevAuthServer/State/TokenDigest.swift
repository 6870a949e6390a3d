import CryptoPrimitives

/// What a table keeps of a secret: its SHA-256. Looking a digest up tells a stopwatch nothing about the secret.
struct TokenDigest: Hashable, Sendable {
    private let octets: [UInt8]

    init(_ secret: String) {
        octets = SHA2.sha256(Array(secret.utf8))
    }

    func isEqual(to other: TokenDigest) -> Bool { ConstantTime.equal(octets, other.octets) }
}
