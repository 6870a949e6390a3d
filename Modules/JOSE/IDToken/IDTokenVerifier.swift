public import OAuthTypes

/// Verifies the ID tokens of one issuer (OpenID Connect Core §3.1.3.7).
///
///     let keys = RemoteKeys(jwksURL, of: issuer, transport: transport, clock: .system)
///     let verifier = IDTokenVerifier(keys: keys, algorithms: [.rs256])
///     let user = try await verifier.verifyRefreshing(tokens.idToken, expecting: expectations, at: clock.now)
///
/// The keys must be those of the issuer that the expectations name; otherwise nothing is accepted. Any number of
/// callers may use one verifier at once; an answer never depends on earlier ones.
public struct IDTokenVerifier<Keys: KeySource>: Sendable {
    private let verifier: TokenVerifier
    private let issuer: Issuer
    private let keys: Keys

    /// Verifies with `keys`, and with no other algorithms than these.
    public init(keys: Keys, algorithms: PublicKeyAlgorithms, limits: TokenLimits = .standard) {
        // RFC 7515 §4.1.9; access and logout tokens say what they are.
        verifier = TokenVerifier(algorithms: algorithms, types: [.absent, .jwt], limits: limits)
        issuer = keys.issuer
        self.keys = keys
    }

    /// Verifies by the keys that are known now, without waiting.
    /// - Throws: ``IDTokenError`` that names the culprit.
    public func verify(
        _ token: RawIDToken, expecting expectations: IDTokenExpectations, at now: UnixTime
    ) throws(IDTokenError) -> IDToken {
        guard expectations.issuer == issuer else { throw .keysOfAnotherIssuer }
        let verified: VerifiedClaims
        do { verified = try verifier.claims(token.exposedText, keys.current) } catch { throw .token(error) }
        return try judge(verified, token, expectations, at: now)
    }

    /// Verifies, fetching the keys when they are due or when the token does not fit them: so a key rotation
    /// fails no login.
    ///
    /// Only for tokens that came straight from the issuer's token endpoint, as `RawIDToken` promises.
    /// - Throws: ``IDTokenError`` that names the culprit.
    public func verifyRefreshing(
        _ token: RawIDToken, expecting expectations: IDTokenExpectations, at now: UnixTime
    ) async throws(IDTokenError) -> IDToken {
        guard expectations.issuer == issuer else { throw .keysOfAnotherIssuer }
        let verified: VerifiedClaims
        do {
            verified = try await verifier.claimsRefreshing(token.exposedText, keys, from: .tokenEndpoint, at: now)
        } catch {
            throw IDTokenError(error)
        }
        return try judge(verified, token, expectations, at: now)
    }

    private func judge(
        _ verified: VerifiedClaims, _ raw: RawIDToken, _ expectations: IDTokenExpectations, at now: UnixTime
    ) throws(IDTokenError) -> IDToken {
        do { return try expectations.judge(verified, raw, at: now) } catch { throw .claim(error) }
    }
}
