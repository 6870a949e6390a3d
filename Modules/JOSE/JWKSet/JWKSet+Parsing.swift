import OAuthTypes
public import WireFormats

extension JWKSet {
    static let maximumOctets = 524_288
    private static let maximumKeys = 1_000

    /// Reads a published set: at most 512 KiB and 1,000 keys.
    /// - Throws: ``KeyError`` if the text is not a JWK set. A set without any usable key is one.
    public init(jwks: [UInt8], policy: JWKPolicy = JWKPolicy()) throws(KeyError) {
        try self.init(jwks: jwks, policy: policy, replacing: .empty)
    }

    /// Creates a set from a value; at most 1,000 keys.
    /// - Throws: ``KeyError`` if it is not a JWK set.
    public init(jwks: JSONObject, policy: JWKPolicy = JWKPolicy()) throws(KeyError) {
        try self.init(jwks: JSONWriter.bytes(jwks), policy: policy, replacing: .empty)
    }

    /// Reads the next set of an issuer: unchanged keys are reused with everything prepared for them, unless they are
    /// unusable.
    init(jwks: [UInt8], policy: JWKPolicy, replacing previous: JWKSet) throws(KeyError) {
        var reading = Reading(jwks, policy: policy, replacing: previous)
        var scanner = JSONScanner(limits: JSONLimits(octets: Self.maximumOctets))
        let isFound: Bool
        do {
            isFound = try scanner.scan(jwks.span, elementsOf: Reading.name) { reading.take($0, members: $1) }
        } catch {
            // The scanner's own limit on elements ends the text before its keys are counted.
            let isLong = error.code == .tooManyElements && reading.count > Self.maximumKeys
            throw isLong ? .tooManyKeys(limit: Self.maximumKeys) : .malformedKeySet
        }
        guard isFound else { throw .missingKeys }
        guard reading.count <= Self.maximumKeys else { throw .tooManyKeys(limit: Self.maximumKeys) }
        self.init(keys: reading.keys, refusals: reading.refusals, deviations: reading.deviations)
    }

    /// A set while it is read: receives one element of `keys` after the other.
    private struct Reading {
        static let name = JSONName("keys")

        private let octets: [UInt8]
        private let policy: JWKPolicy
        private let known: [PublicJWK: VerificationKey]
        private(set) var count = 0
        private(set) var keys: [VerificationKey] = []
        private(set) var refusals: [Refusal] = []
        private(set) var deviations: [ProviderDeviation] = []

        init(_ octets: [UInt8], policy: JWKPolicy, replacing previous: JWKSet) {
            self.octets = octets
            self.policy = policy
            let usable = previous.keys.lazy.filter { !$0.isUnusable }
            known = Dictionary(usable.map { ($0.jwk, $0) }, uniquingKeysWith: { first, _ in first })
        }

        mutating func take(_ kind: JSONKind, members: JSONMembers) {
            defer { count += 1 }
            guard count < JWKSet.maximumKeys else { return }
            do throws(JWKError) {
                guard kind == .object else { throw JWKError(.notAnObject) }
                let jwk = try PublicJWK(ScannedObject(octets: octets, members: members), noting: &deviations)
                keys.append(known[jwk] ?? VerificationKey(jwk, policy: policy))
            } catch {
                refusals.append(Refusal(index: count, reason: error.reason))
            }
        }
    }
}
