import OAuthTypes
import WireFormats

/// The base of the typed verifiers: header types, and a list of algorithms.
///
/// The keys are an argument and not a part of it: the position of a generic part would be looked up for every token.
struct TokenVerifier: Sendable {
    private let kind: TokenValidationError.Kind
    private let algorithms: SignatureAlgorithms
    private let verifier: JWSVerifier

    init(
        _ kind: TokenValidationError.Kind, algorithms: SignatureAlgorithms, types: [HeaderType], limits: TokenLimits
    ) {
        self.kind = kind
        self.algorithms = algorithms
        verifier = JWSVerifier(types: types, limits: limits)
    }

    /// The claims, by the keys of `snapshot`.
    func claims(
        _ token: String, by snapshot: JWKSet, from origin: TokenOrigin = .outside
    ) throws(TokenValidationError) -> VerifiedClaims {
        try kind.validating { () throws(JWSError) in try signedClaims(token, by: snapshot, from: origin) }
    }

    /// The result of `judge` for claims whose signature was checked.
    @inline(__always)
    func judging<Judged>(
        _ judge: () throws(ClaimError) -> Judged
    ) throws(TokenValidationError) -> Judged {
        try kind.validating(judge)
    }

    private func signedClaims(
        _ token: String, by snapshot: JWKSet, from origin: TokenOrigin
    ) throws(JWSError) -> VerifiedClaims {
        let check = PublicKeyCheck(snapshot, algorithms: algorithms, from: origin)
        return try token.withOctets { (octets) throws(JWSError) in
            try verifier.claims(octets, by: check, of: snapshot.list, from: origin)
        }
    }

    /// The claims, by keys that are refreshed when they are due or do not fit the token.
    func claimsRefreshing(
        _ token: String, by keys: some JWKSetSource, from origin: TokenOrigin, at now: UnixTime
    ) async throws(TokenValidationError) -> VerifiedClaims {
        let atArrival = keys.current
        let isDue = atArrival.freshUntil <= now
        let snapshot =
            isDue ? try await refreshed(keys, after: KeyHint(.due, snapshot: atArrival), from: origin) : atArrival
        do {
            return try signedClaims(token, by: snapshot, from: origin)
        } catch {
            guard let reason = refreshReason(error, for: token) else {
                throw TokenValidationError(kind, reason: .jws(error))
            }
            let newer = try await refreshed(keys, after: KeyHint(reason, snapshot: atArrival), from: origin)
            return try claims(token, by: newer, from: origin)
        }
    }

    private func refreshReason(_ error: JWSError, for token: String) -> KeyHint.Reason? {
        switch error {
        case .unknownKey: .unknownKey(token.withOctets { verifier.claimedKeyID($0) })
        case .noSuitableKey, .signature: .signatureFailed
        default: nil
        }
    }

    private func refreshed(
        _ keys: some JWKSetSource, after hint: KeyHint, from origin: TokenOrigin
    ) async throws(TokenValidationError) -> JWKSet {
        do { return try await keys.refreshed(after: hint, origin: origin) } catch {
            throw TokenValidationError(kind, reason: .keysUnavailable(error))
        }
    }
}
