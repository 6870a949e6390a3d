import OAuthTypes
public import WireFormats

/// Why a text is no key set. Never carries the text.
@nonexhaustive
public enum InvalidKeySet: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not strict JSON of at most 512 KiB.
    case malformed
    /// No `keys` array (RFC 7517 §5.1).
    case missingKeys
    /// More keys than the limit.
    case tooManyKeys(limit: Int)

    /// The reason in words.
    public var description: String {
        switch self {
        case .malformed: "the key set is not strict JSON of at most 512 KiB"
        case .missingKeys: "the key set has no array of keys"
        case .tooManyKeys(let limit): "the key set has more than \(limit) keys"
        }
    }
}

extension KeySet {
    static let maximumOctets = 524_288
    private static let maximumKeys = 1_000

    /// Reads a set as it is published: at most 512 KiB and 1,000 keys.
    /// - Throws: ``InvalidKeySet`` when the text is no set. A set without any usable key is one.
    public init(jwks: [UInt8], rules: KeyRules = KeyRules()) throws(InvalidKeySet) {
        try self.init(jwks: jwks, rules: rules, replacing: .empty)
    }

    /// Takes a set as a value; at most 1,000 keys.
    /// - Throws: ``InvalidKeySet`` when it is no set.
    public init(jwks: JSONObject, rules: KeyRules = KeyRules()) throws(InvalidKeySet) {
        try self.init(jwks: jwks, rules: rules, replacing: .empty)
    }

    /// Reads the next set of an issuer: unchanged keys are taken over with all that was prepared for them.
    init(jwks: [UInt8], rules: KeyRules, replacing previous: KeySet) throws(InvalidKeySet) {
        let limits = JSONLimits(octets: Self.maximumOctets)
        guard let object = try? JSONReader.object(jwks, limits: limits) else { throw .malformed }
        try self.init(jwks: object, rules: rules, replacing: previous)
    }

    private init(jwks: JSONObject, rules: KeyRules, replacing previous: KeySet) throws(InvalidKeySet) {
        guard let elements = jwks["keys"]?.arrayValue else { throw .missingKeys }
        guard elements.count <= Self.maximumKeys else { throw .tooManyKeys(limit: Self.maximumKeys) }
        let known = Dictionary(previous.keys.map { ($0.jwk, $0) }, uniquingKeysWith: { first, _ in first })
        var keys: [VerificationKey] = []
        var refusals: [Refusal] = []
        for (index, element) in elements.enumerated() {
            do {
                let jwk = try PublicJWK(element)
                keys.append(known[jwk] ?? VerificationKey(jwk, rules))
            } catch {
                refusals.append(Refusal(index: index, reason: error))
            }
        }
        self.init(keys: keys, refusals: refusals)
    }
}
