import CryptoPrimitives
public import OAuthTypes
import WireFormats

/// Seals the two payloads of a record and opens them.
///
/// The summary is sealed with the server's ring. The secrets are sealed with a random data key, which is wrapped by the
/// server's key and the browser's secret together: a stolen store gives no access to tokens, even with the server's
/// keys. Kind, key and absolute end of the record are associated data of the summary and of the wrapped data key:
/// payloads do not open under another key or with a stretched life. An opening that fails, for whatever reason, means
/// "no session".
///
/// ```
/// secrets = version (1) wrapping (1) wrapped data key (77) nonce (12) ciphertext tag (16)
/// ```
public struct RecordSealer: Sendable {
    /// The version of the secrets' layout that is written.
    public static let version: UInt8 = 1

    // The data key is wrapped by the server's key and the browser's secret, the only way there is.
    private static let wrapping: UInt8 = 1
    private static let header = [version, wrapping]
    private static let wrappedCount = Sealer.overhead + AEAD.keyCount

    private let summaries: Sealer
    private let dataKeys: Sealer
    private let random: RandomSource

    /// Creates a sealer that seals with the newest key of `keys` and opens with all.
    public init(keys: SealingKeys, random: RandomSource = .system) {
        self.random = random
        summaries = keys.sealer(for: .summary, random: random)
        dataKeys = keys.sealer(for: .secrets, random: random)
    }

    /// The same with the current keys of `ring`.
    public init(ring: SealingKeyRing, random: RandomSource = .system) {
        self.random = random
        summaries = ring.sealer(for: .summary, random: random)
        dataKeys = ring.sealer(for: .secrets, random: random)
    }

    /// Seals the part that the server reads by itself.
    /// - Throws: ``SealingError``.
    public func sealSummary(_ plaintext: [UInt8], in context: SealingContext) throws(SealingError) -> SealedPayload {
        SealedPayload(octets: try summaries.seal(plaintext, context: context.octets))
    }

    /// The summary of a record under `key`; nil if it cannot be opened.
    public func openSummary(of record: SessionRecord, under key: SessionKey) -> [UInt8]? {
        summaries.open(record.summary.octets, context: SealingContext(key, absoluteEnd: record.absoluteEnd).octets)
    }

    /// Seals tokens and claims, with a new data key.
    /// - Throws: ``SealingError``.
    public func sealSecrets(
        _ plaintext: [UInt8], in context: SealingContext, browser: BrowserSecret
    ) throws(SealingError) -> SealedPayload {
        let drawn = random.bytes(count: AEAD.keyCount + AEAD.nonceCount)
        let (dataKey, nonce) = (Array(drawn.prefix(AEAD.keyCount)), Array(drawn.dropFirst(AEAD.keyCount)))
        let wrapped = try dataKeys.seal(dataKey, context: Self.wrappingContext(of: context), with: browser.octets)
        do {
            let body = try AEAD.seal(plaintext, key: dataKey, nonce: nonce, authenticating: Self.header)
            var octets = Self.header
            octets.reserveCapacity(Self.header.count + wrapped.count + nonce.count + body.count)
            for part in [wrapped, nonce, body] { octets += part }
            return SealedPayload(octets: octets)
        } catch { throw .unavailable }
    }

    /// The secrets of a record under `key`; nil if they cannot be opened.
    public func openSecrets(of record: SessionRecord, under key: SessionKey, browser: BrowserSecret) -> [UInt8]? {
        guard let parts = Parts(record.secrets) else { return nil }
        let context = Self.wrappingContext(of: SealingContext(key, absoluteEnd: record.absoluteEnd))
        guard let dataKey = dataKeys.open(parts.wrapped, context: context, with: browser.octets) else { return nil }
        return try? AEAD.open(parts.body, key: dataKey, nonce: parts.nonce, authenticating: Self.header)
    }

    /// Whether both payloads name the newest key; if not, seal them again with the next write.
    public func isCurrent(_ record: SessionRecord) -> Bool {
        let parts = Parts(record.secrets)
        let secretsAreCurrent = parts.map { dataKeys.isCurrent($0.wrapped) } ?? record.secrets.octets.isEmpty
        return secretsAreCurrent && (record.summary.octets.isEmpty || summaries.isCurrent(record.summary.octets))
    }
}

extension RecordSealer {
    private static func wrappingContext(of context: SealingContext) -> [UInt8] { context.octets + [wrapping] }

    private struct Parts {
        let wrapped, nonce, body: [UInt8]

        init?(_ payload: SealedPayload) {
            var reader = OctetReader(payload.octets)
            guard
                reader.take(RecordSealer.header.count) == RecordSealer.header,
                let wrapped = reader.take(RecordSealer.wrappedCount), let nonce = reader.take(AEAD.nonceCount)
            else { return nil }
            self.wrapped = wrapped
            self.nonce = nonce
            body = reader.remainder
        }
    }
}
