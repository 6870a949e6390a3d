import CryptoPrimitives
import OAuthTypes
import WireFormats

/// Seals octets for one purpose, and opens what was sealed for it: AES-256-GCM with a key id inside and
/// associated data outside.
///
/// ```
/// sealed = version (1) key id (4) salt (12) nonce (12) ciphertext tag (16)
/// ```
/// Each message has a key of its own, HMAC-SHA-256(purpose's key, salt), under a random nonce of 96 bits: together 192
/// random bits, so the bound of 2^32 messages for random nonces (NIST SP 800-38D §8.3) is never near.
public struct Sealer: Sendable, CustomReflectable {
    /// The version that is written.
    public static let version: UInt8 = 1
    /// What sealing adds to the plaintext, in octets.
    public static let overhead = 1 + PurposeKey.idCount + saltCount + AEAD.nonceCount + AEAD.tagCount

    static let saltCount = 12

    private let purpose: SealingPurpose
    private let source: Source
    private let random: RandomSource
    /// What all that is sealed has in common: the version and the purpose.
    private let beginning: [UInt8]

    init(purpose: SealingPurpose, source: Source, random: RandomSource) {
        var beginning = [Self.version]
        beginning.appendField(Array(purpose.label.utf8))
        self.beginning = beginning
        self.purpose = purpose
        self.source = source
        self.random = random
    }

    /// Where the keys come from, newest first.
    enum Source: Sendable {
        case fixed([PurposeKey])
        case ring(SealingKeyRing)
    }

    private var keys: [PurposeKey] {
        switch source {
        case .fixed(let keys): keys
        case .ring(let ring): ring.keys(for: purpose)
        }
    }

    /// Seals `plaintext` with the newest key. It opens only with the same `context`: what the octets belong to, such as
    /// a cookie's name.
    /// - Throws: ``SealingError``.
    public func seal(_ plaintext: [UInt8], context: [UInt8]) throws(SealingError) -> [UInt8] {
        try seal(plaintext, context: context, with: [])
    }

    /// The plaintext of `sealed`; nil if it was not sealed with a key of the ring for this purpose and context, or was
    /// changed since.
    public func open(_ sealed: some Collection<UInt8>, context: [UInt8]) -> [UInt8]? {
        open(sealed, context: context, with: [])
    }

    /// Whether `sealed` names the newest key; if not, seal it again with the next write.
    public func isCurrent(_ sealed: some Collection<UInt8>) -> Bool {
        guard let newest = keys.first else { return false }
        return sealed.first == Self.version && sealed.dropFirst().prefix(PurposeKey.idCount).elementsEqual(newest.id)
    }

    /// No children: keys stay hidden.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Sealer {
    /// Seals with a key that also depends on `secret`.
    func seal(_ plaintext: [UInt8], context: [UInt8], with secret: [UInt8]) throws(SealingError) -> [UInt8] {
        guard let key = keys.first else { throw .unavailable }
        let drawn = random.bytes(count: Self.saltCount + AEAD.nonceCount)
        let (salt, nonce) = (Array(drawn.prefix(Self.saltCount)), Array(drawn.dropFirst(Self.saltCount)))
        do {
            let ciphertext = try AEAD.seal(
                plaintext, key: key.messageKey(salt: salt, secret: secret), nonce: nonce,
                authenticating: associatedData(for: context))
            var sealed = [Self.version]
            sealed.reserveCapacity(Self.overhead + plaintext.count)
            for part in [key.id, salt, nonce, ciphertext] { sealed += part }
            return sealed
        } catch { throw .unavailable }
    }

    func open(_ sealed: some Collection<UInt8>, context: [UInt8], with secret: [UInt8]) -> [UInt8]? {
        var reader = OctetReader(Array(sealed))
        guard
            sealed.count >= Self.overhead, reader.number() == Self.version, let id = reader.take(PurposeKey.idCount),
            let salt = reader.take(Self.saltCount), let nonce = reader.take(AEAD.nonceCount)
        else { return nil }
        let ciphertext = reader.remainder
        for key in keys where key.id == id {
            let messageKey = key.messageKey(salt: salt, secret: secret)
            let plaintext = try? AEAD.open(
                ciphertext, key: messageKey, nonce: nonce, authenticating: associatedData(for: context))
            if let plaintext { return plaintext }
        }
        return nil
    }

    private func associatedData(for context: [UInt8]) -> [UInt8] {
        var octets = beginning
        octets.reserveCapacity(octets.count + 4 + context.count)
        octets.appendField(context)
        return octets
    }
}
