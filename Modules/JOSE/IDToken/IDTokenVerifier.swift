public import OAuthTypes

/// Verifies the ID tokens of one issuer (OpenID Connect Core §3.1.3.7).
///
///     let keys = RemoteJWKSet(jwksURL, of: issuer, transport: transport, clock: .system)
///     let verifier = IDTokenVerifier(keys: keys, algorithms: [.rs256])
///     let user = try await verifier.verifyRefreshing(tokens.idToken, expecting: expectations, at: clock.now)
///
/// The keys must be those of the issuer that the expectations name; otherwise nothing is accepted. Any number of
/// callers may use one verifier at once; an answer never depends on earlier ones.
public struct IDTokenVerifier<Keys: JWKSetSource>: IDTokenVerifying {
    private let verifier: TokenVerifier
    private let issuer: Issuer
    private let keys: Keys

    /// Verifies with `keys`, and with no other algorithms than these.
    public init(keys: Keys, algorithms: SignatureAlgorithms, limits: TokenLimits = .standard) {
        verifier = TokenVerifier(.idToken, algorithms: algorithms, types: HeaderType.ofIDTokens, limits: limits)
        issuer = keys.issuer
        self.keys = keys
    }

    /// Verifies by the keys that are known now, without waiting.
    ///
    /// - Parameters:
    ///   - token: the token.
    ///   - expectations: what it must say.
    ///   - origin: ``TokenOrigin/tokenEndpoint`` for a token that came straight from there: then its header may have a
    ///     type that nobody knows, and up to 16 keys are tried instead of 4 where neither token nor keys have names.
    ///   - now: the moment to judge for.
    /// - Throws: ``TokenValidationError`` that names the culprit.
    public func verify(
        _ token: RawIDToken, expecting expectations: IDTokenExpectations, from origin: TokenOrigin = .outside,
        at now: UnixTime
    ) throws(TokenValidationError) -> IDToken {
        guard expectations.issuer == issuer else {
            throw TokenValidationError(.idToken, reason: .keysOfAnotherIssuer)
        }
        let verified = try verifier.claims(token.exposedText, by: keys.current, from: origin)
        return try verifier.judging { () throws(ClaimError) in try expectations.judge(verified, token, at: now) }
    }

    /// Verifies, fetching the keys when they are due or when the token does not fit them: so a key rotation
    /// fails no login.
    ///
    /// Only for tokens that came straight from the issuer's token endpoint, as `RawIDToken` promises.
    /// - Throws: ``TokenValidationError`` that names the culprit.
    public func verifyRefreshing(
        _ token: RawIDToken, expecting expectations: IDTokenExpectations, at now: UnixTime
    ) async throws(TokenValidationError) -> IDToken {
        guard expectations.issuer == issuer else {
            throw TokenValidationError(.idToken, reason: .keysOfAnotherIssuer)
        }
        let verified = try await verifier.claimsRefreshing(token.exposedText, by: keys, from: .tokenEndpoint, at: now)
        return try verifier.judging { () throws(ClaimError) in try expectations.judge(verified, token, at: now) }
    }

    /// In what the keys that are known now depart from the standards, and were read all the same.
    public var keyDeviations: [ProviderDeviation] { keys.current.deviations }
}

extension HeaderType {
    // RFC 7515 §4.1.9; access and logout tokens say what they are.
    static let ofIDTokens: [HeaderType] = [.absent, .jwt, .unknown]
}
