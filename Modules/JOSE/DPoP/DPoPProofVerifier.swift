import CryptoPrimitives
public import OAuthTypes
import WireFormats

/// Verifies DPoP proofs, for an authorization server or an API (RFC 9449 §4.3).
///
///     let verifier = DPoPProofVerifier(algorithms: [.es256])
///     let expected = DPoPExpectations(useOf: token, boundTo: thumbprint, method: .get, url: url, nonce: nil)
///     let proof = try verifier.verify(RawDPoPProof(field), expecting: expected, at: clock.now)
///
/// This is the only verifier that uses a key from the token itself. Such a token must have the type `dpop+jwt`, which
/// no other verifier accepts, and its key must be a public key. The caller has to remember which proofs were seen
/// before. A verifier may be used concurrently, and a result never depends on earlier ones.
public struct DPoPProofVerifier: Sendable {
    private static let longestName = 256

    private let verifier: JWSVerifier
    private let algorithms: SignatureAlgorithms
    private let lifetime: Int64
    private let leeway: ClockLeeway
    private let policy: JWKPolicy
    private let limits: TokenLimits

    /// Creates a verifier that accepts only these algorithms.
    ///
    /// - Parameters:
    ///   - algorithms: the accepted signature algorithms.
    ///   - lifetime: how long after its `iat` a proof is valid, within 1…600 seconds.
    ///   - leeway: how far the clocks may differ.
    ///   - policy: which keys may be used.
    ///   - limits: limits of the size; by default 8 KiB, more than any proof needs.
    public init(
        algorithms: SignatureAlgorithms, lifetime: Duration = .seconds(60), leeway: ClockLeeway = 60,
        policy: JWKPolicy = JWKPolicy(),
        limits: TokenLimits = TokenLimits(tokenOctets: 8_192)
    ) {
        verifier = JWSVerifier(types: [.proofOfPossession], limits: limits)
        self.algorithms = algorithms
        self.lifetime = min(max(lifetime.wholeSeconds, 1), 600)
        self.leeway = leeway
        self.policy = policy
        self.limits = limits
    }

    /// Verifies that the holder of a key made the proof for this request.
    /// - Throws: ``TokenValidationError`` that names the culprit.
    public func verify(
        _ proof: RawDPoPProof, expecting expectations: DPoPExpectations, at now: UnixTime
    ) throws(TokenValidationError) -> DPoPProof {
        let (claims, thumbprint) = try proof.exposedText.withOctets { (octets) throws(TokenValidationError) in
            try verified(octets)
        }
        let result = try TokenValidationError.Kind.dpopProof.validating { () throws(ClaimError) in
            try judge(claims, against: expectations, keyThumbprint: thumbprint, at: now)
        }
        guard let bound = expectations.keyThumbprint else { return result }
        guard ConstantTime.equal(Array(thumbprint.utf8), Array(bound.utf8)) else {
            throw TokenValidationError(.dpopProof, reason: .anotherKey)
        }
        return result
    }

    private func verified(_ proof: Span<UInt8>) throws(TokenValidationError) -> (claims: Claims, thumbprint: String) {
        let check = try EmbeddedKeyCheck(headerOf: proof, algorithms: algorithms, policy: policy, limits: limits)
        return try TokenValidationError.Kind.dpopProof.validating { () throws(JWSError) in
            (try verifier.claims(proof, by: check).claims, check.thumbprint)
        }
    }

    private func judge(
        _ claims: Claims, against expectations: DPoPExpectations, keyThumbprint thumbprint: String, at now: UnixTime
    ) throws(ClaimError) -> DPoPProof {
        try claims.require(.method, toBe: expectations.method.text)
        try requireTarget(expectations.url, in: claims)
        if let nonce = expectations.nonce { try requireSecret(.nonce, toBe: nonce, in: claims) }
        try requireHash(of: expectations.accessToken, in: claims)
        let issuedAt = try claims.requiredTime(.issuedAt)
        let end = issuedAt.adding(seconds: lifetime)
        try leeway.requireBegun(issuedAt, at: now, orThrow: ClaimError.issuedInFuture)
        guard !leeway.hasPassed(end, at: now) else { throw .issuedTooLongAgo }
        return DPoPProof(
            keyThumbprint: thumbprint, jwtID: try claims.jwtID(octets: Self.longestName), issuedAt: issuedAt,
            acceptableUntil: end.adding(seconds: leeway.seconds))
    }

    private func requireTarget(_ url: EndpointURL, in claims: Claims) throws(ClaimError) {
        guard let target = ProofTarget(try claims.requiredText(.url)) else { throw .malformed(.url) }
        guard target == ProofTarget(url) else { throw .mismatch(.url) }
    }

    private func requireHash(of accessToken: AccessToken?, in claims: Claims) throws(ClaimError) {
        guard let accessToken else { return try claims.forbid(.ath) }
        let expected = Base64URL.encode(SHA2.sha256(Array(accessToken.exposedText.utf8)))
        try requireSecret(.ath, toBe: expected, in: claims)
    }

    private func requireSecret(
        _ name: ClaimName, toBe expected: String, in claims: Claims
    ) throws(ClaimError) {
        let found = try claims.requiredText(name)
        guard ConstantTime.equal(Array(found.utf8), Array(expected.utf8)) else { throw .mismatch(name) }
    }
}
