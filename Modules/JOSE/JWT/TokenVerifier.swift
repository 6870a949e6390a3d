import OAuthTypes

/// What a typed verifier is built on: header types, and a list of algorithms.
///
/// The keys are an argument and not a part of it: a generic part would have its place looked up at every token.
struct TokenVerifier: Sendable {
    /// Why there are no verified claims.
    enum Failure: Error {
        case token(JWSError)
        case keysUnavailable(any Error)
    }

    private let algorithms: SignatureAlgorithms
    private let verifier: JWSVerifier

    init(algorithms: SignatureAlgorithms, types: [HeaderType], limits: TokenLimits) {
        self.algorithms = algorithms
        verifier = JWSVerifier(types: types, limits: limits)
    }

    /// The claims, by the keys of `snapshot`.
    func claims(
        _ token: String, _ snapshot: JWKSet, from origin: TokenOrigin = .outside
    ) throws(JWSError) -> VerifiedClaims {
        let check = PublicKeyCheck(snapshot, algorithms, from: origin)
        return try token.withOctets { (octets) throws(JWSError) in
            try verifier.claims(octets, by: check, of: snapshot.list, from: origin)
        }
    }

    /// The claims, by keys that are refreshed when they are due or do not fit the token.
    func claimsRefreshing(
        _ token: String, _ keys: some JWKSetSource, from origin: TokenOrigin, at now: UnixTime
    ) async throws(Failure) -> VerifiedClaims {
        let atArrival = keys.current
        let isDue = atArrival.freshUntil <= now
        let snapshot = isDue ? try await Self.refreshed(keys, KeyHint(.due, atArrival), origin) : atArrival
        do {
            return try claims(token, snapshot, from: origin)
        } catch {
            guard let reason = refreshReason(error, token) else { throw .token(error) }
            let newer = try await Self.refreshed(keys, KeyHint(reason, atArrival), origin)
            do { return try claims(token, newer, from: origin) } catch { throw .token(error) }
        }
    }

    private func refreshReason(_ error: JWSError, _ token: String) -> KeyHint.Reason? {
        switch error {
        case .unknownKey: .unknownKey(token.withOctets { verifier.claimedKeyID($0) })
        case .noSuitableKey, .signature: .signatureFailed
        default: nil
        }
    }

    private static func refreshed(
        _ keys: some JWKSetSource, _ hint: KeyHint, _ origin: TokenOrigin
    ) async throws(Failure) -> JWKSet {
        do { return try await keys.refreshed(after: hint, origin: origin) } catch { throw .keysUnavailable(error) }
    }
}
