public import OAuthTypes

/// The server's ring of keys, newest first: the newest seals, all of them open.
///
/// A ring is a snapshot. To rotate, put a new secret in front and use the new ring, without a restart in a
/// ``SealingKeyRing``. To retire a secret, remove it: records that only it can open then count as "no session", not as
/// an error.
public struct SealingKeys: Sendable, CustomStringConvertible, CustomReflectable {
    /// The minimum octets of a secret.
    public static let minimumSecretCount = 32
    /// The maximum number of secrets of a ring.
    public static let maximumCount = 16

    private let secrets: [[UInt8]]

    /// Creates a ring from secrets, newest first, each of at least 32 octets from a cryptographic generator.
    /// - Throws: ``SealingError`` with the first fault, never the secret.
    public init(secrets: [[UInt8]]) throws(SealingError) {
        guard !secrets.isEmpty else { throw .empty }
        guard secrets.count <= Self.maximumCount else { throw .tooMany(secrets.count) }
        for (index, secret) in secrets.enumerated() where secret.count < Self.minimumSecretCount {
            throw .tooShort(index: index, count: secret.count)
        }
        self.secrets = secrets
    }

    /// Creates a ring of one new secret. What it seals is lost with it.
    public init(generatedBy random: RandomSource) {
        secrets = [random.bytes(count: Self.minimumSecretCount)]
    }

    /// Returns the sealer for one purpose. It derives one key for each secret: keep it.
    public func sealer(for purpose: SealingPurpose, random: RandomSource = .system) -> Sealer {
        Sealer(purpose: purpose, source: .fixed(purposeKeys(for: purpose)), random: random)
    }

    /// Returns a ring derived from these keys for one application, to be used instead of them: if two applications
    /// share secrets or a store, neither can open what the other one sealed, nor find it by tag.
    public func separated(for application: String) -> SealingKeys {
        SealingKeys(derived: secrets.map { Derivation.derive(from: $0, label: "application \(application)") })
    }

    private init(derived secrets: [[UInt8]]) { self.secrets = secrets }

    func purposeKeys(for purpose: SealingPurpose) -> [PurposeKey] {
        secrets.map { PurposeKey(secret: $0, purpose: purpose) }
    }

    /// Creates tags, one maker for each secret, newest first.
    public var tagMakers: [IndexTagMaker] {
        secrets.map { IndexTagMaker(key: Derivation.derive(from: $0, label: "index tag")) }
    }

    /// Always `<redacted>`.
    public var description: String { "<redacted>" }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
