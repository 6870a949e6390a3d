public import OAuthTypes

/// Verifies the ID tokens of one issuer (OpenID Connect Core §3.1.3.7).
///
///     let keys = RemoteJWKSet(jwksURL, of: issuer, transport: transport, clock: .system)
///     let verifier = IDTokenVerifier(keys: keys, algorithms: [.rs256])
///     let user = try await verifier.verifyRefreshing(tokens.idToken, expecting: expectations, at: clock.now)
///
/// The keys must be those of the expected issuer; otherwise nothing is accepted. A verifier may be used concurrently,
/// and a result never depends on earlier ones.
public struct IDTokenVerifier<Keys: JWKSetSource>: IDTokenVerifying {
    private let verifier: TokenVerifier
    private let issuer: Issuer
    private let keys: Keys

    /// Creates a verifier with `keys` that accepts only these algorithms.
    public init(keys: Keys, algorithms: SignatureAlgorithms, limits: TokenLimits = .standard) {
        verifier = TokenVerifier(.idToken, algorithms: algorithms, types: HeaderType.ofIDTokens, limits: limits)
        issuer = keys.issuer
        self.keys = keys
    }

    /// Verifies with the cached keys, without waiting.
    ///
    /// - Parameters:
    ///   - token: the token.
    ///   - expectations: what it must contain.
    ///   - origin: ``TokenOrigin/tokenEndpoint`` for a token directly from the token endpoint: its header may then have
    ///     an unknown type, and up to 16 keys are tried instead of 4 if neither token nor keys have names.
    ///   - now: the time to verify at.
    /// - Throws: ``TokenValidationError`` that names the culprit.
    public func verify(
        _ token: RawIDToken, expecting expectations: IDTokenExpectations, from origin: TokenOrigin = .outside,
        at now: UnixTime
    ) throws(TokenValidationError) -> IDToken {
        guard expectations.issuer == issuer else {
            throw TokenValidationError(.idToken, reason: .keysOfAnotherIssuer)
        }
        let verified = try verifier.claims(token.exposedText, by: keys.current, from: origin)
        return try verifier.judging { () throws(ClaimError) in try expectations.judge(verified, of: token, at: now) }
    }

    /// Verifies, fetching the keys when they are due or when the token does not match them: so a key rotation fails no
    /// login.
    ///
    /// Only for tokens directly from the issuer's token endpoint, as `RawIDToken` promises.
    /// - Throws: ``TokenValidationError`` that names the culprit.
    public func verifyRefreshing(
        _ token: RawIDToken, expecting expectations: IDTokenExpectations, at now: UnixTime
    ) async throws(TokenValidationError) -> IDToken {
        guard expectations.issuer == issuer else {
            throw TokenValidationError(.idToken, reason: .keysOfAnotherIssuer)
        }
        let verified = try await verifier.claimsRefreshing(token.exposedText, by: keys, from: .tokenEndpoint, at: now)
        return try verifier.judging { () throws(ClaimError) in try expectations.judge(verified, of: token, at: now) }
    }

    /// The accepted deviations of the cached keys.
    public var keyDeviations: [ProviderDeviation] { keys.current.deviations }
}

extension HeaderType {
    // RFC 7515 §4.1.9; access and logout tokens have types of their own.
    static let ofIDTokens: [HeaderType] = [.absent, .jwt, .unknown]
}
