import CryptoPrimitives
import OAuthTypes

/// Decides whether a signature is accepted. One conformer has public keys, another a secret; a verifier has one of
/// them.
package protocol SignatureCheck: Sendable {
    /// The names of the accepted algorithms.
    var algorithmNames: [String] { get }

    /// Throws unless a trusted key made `signature` over `input` with the algorithm that `header` names. `last` is the
    /// key found for the previous token, if its header was the same text; it saves a search.
    func check(
        _ signature: Span<UInt8>, over input: Span<UInt8>, header: JWSHeader, last: inout FoundKey?
    ) throws(JWSError)
}

extension SignatureCheck {
    /// The header names an algorithm that is not accepted.
    @inline(never)
    func mismatch(_ header: JWSHeader) -> JWSError {
        .algorithm(Mismatch(expected: algorithmNames, found: [header.algorithm.rawValue]))
    }
}

/// A key that verified a token, and its set.
package struct FoundKey: Sendable {
    fileprivate let key: ReadyKey
    /// Which of the set's keys it is; the set keeps that one.
    fileprivate let source: ObjectIdentifier
    fileprivate let keys: KeyList
}

/// Trusts the keys of one set, with the configured algorithms.
package struct PublicKeyCheck: SignatureCheck {
    private static let maximumCandidates = 4
    /// Only the issuer can have such a token verified, so that more tries cannot be abused.
    private static let maximumCandidatesForIssuer = 16

    private let keys: KeyList
    private let algorithms: SignatureAlgorithms
    private let origin: TokenOrigin

    package init(_ keys: JWKSet, algorithms: SignatureAlgorithms, from origin: TokenOrigin = .outside) {
        self.keys = keys.list
        self.algorithms = algorithms
        self.origin = origin
    }

    package var algorithmNames: [String] { algorithms.names }

    /// How many keys are tried: at most four of one name, wherever the token came from.
    private func candidateLimit(_ header: JWSHeader) -> Int {
        origin == .tokenEndpoint && header.keyID == nil ? Self.maximumCandidatesForIssuer : Self.maximumCandidates
    }

    package func check(
        _ signature: Span<UInt8>, over input: Span<UInt8>, header: JWSHeader, last: inout FoundKey?
    ) throws(JWSError) {
        guard let algorithm = algorithms.member(named: header.algorithm) else { throw mismatch(header) }
        if last?.keys === keys, last?.key.verifies(signature, over: input, by: algorithm.method) == true { return }
        let refused = last?.keys === keys ? last?.source : nil
        last = try find(signature, over: input, header: header, algorithm: algorithm, but: refused)
    }

    /// `refused` is a key that was tried already: a candidate like the others. Nil is a key that only a token directly
    /// from the token endpoint finds: it is not remembered, so that no result depends on earlier tokens.
    private func find(
        _ signature: Span<UInt8>, over input: Span<UInt8>, header: JWSHeader, algorithm: SignatureAlgorithm,
        but refused: ObjectIdentifier?
    ) throws(JWSError) -> FoundKey? {
        var isKnown = false
        var candidates = refused == nil ? 0 : 1
        for key in keys.keys where key.isNamed(header.keyID) {
            isKnown = true
            let source = ObjectIdentifier(key)
            guard source != refused, key.suits(algorithm), let ready = key.ready() else { continue }
            if ready.verifies(signature, over: input, by: algorithm.method) {
                let isForAll = candidates < Self.maximumCandidates
                return isForAll ? FoundKey(key: ready, source: source, keys: keys) : nil
            }
            candidates += 1
            guard candidates < candidateLimit(header) else { break }
        }
        guard isKnown else { throw .unknownKey(keys.leftOut) }
        throw candidates == 0 ? .noSuitableKey(keys.leftOut) : .signature
    }
}

/// Trusts one secret with one algorithm. The secret never comes from a JWK set.
package struct SecretKeyCheck: SignatureCheck {
    private let secret: [UInt8]
    private let algorithm: MACAlgorithm

    /// Creates a check; nil if the secret is shorter than the hash (RFC 7518 §3.2).
    package init?(_ secret: [UInt8], algorithm: MACAlgorithm) {
        guard secret.count >= algorithm.hash.byteCount else { return nil }
        self.secret = secret
        self.algorithm = algorithm
    }

    package var algorithmNames: [String] { [algorithm.name.rawValue] }

    package func check(
        _ signature: Span<UInt8>, over input: Span<UInt8>, header: JWSHeader, last: inout FoundKey?
    ) throws(JWSError) {
        guard header.algorithm == algorithm.name else { throw mismatch(header) }
        guard HMAC.verify(signature, key: secret, message: input, hash: algorithm.hash) else { throw .signature }
    }
}
