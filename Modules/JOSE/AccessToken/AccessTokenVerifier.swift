import CryptoPrimitives
public import OAuthTypes
import WireFormats

/// Verifies the JWT access tokens of one issuer for one API (RFC 9068 §4).
///
///     let keys = RemoteJWKSet(jwksURL, of: issuer, transport: transport, clock: .system)
///     let verifier = AccessTokenVerifier(
///         keys: keys, algorithms: [.rs256], audience: "https://api.example", profile: .rfc9068)
///     let claims = try await verifier.verifyRefreshing(token, at: clock.now)
///
/// ID tokens and logout tokens are refused. A verifier may be used concurrently, and a result never depends on earlier
/// ones.
public struct AccessTokenVerifier<Keys: JWKSetSource>: Sendable {
    private let verifier: TokenVerifier
    private let audience: [String]
    private let profile: AccessTokenProfile
    private let leeway: ClockLeeway
    private let keys: Keys
    private let cache: VerifiedTokenCache?

    /// Creates a verifier with `keys` that accepts only these algorithms. The issuer of the keys must have issued the
    /// tokens.
    ///
    /// - Parameters:
    ///   - keys: the issuer's keys.
    ///   - algorithms: the accepted signature algorithms.
    ///   - audience: the API's identifier, which the tokens must name among their audiences.
    ///   - profile: the issuer's format.
    ///   - leeway: how far the clocks may differ.
    ///   - limits: limits of the size.
    ///   - cachedTokens: how many verified tokens are remembered, so that the same bearer token costs little
    ///     the next time; by default none. A remembered token has the same octets from the first to the last, its times
    ///     are checked again, and it is forgotten together with the JWK set that verified it. Refused tokens are
    ///     never remembered.
    public init(
        keys: Keys, algorithms: SignatureAlgorithms, audience: String, profile: AccessTokenProfile,
        leeway: ClockLeeway = 60, limits: TokenLimits = .standard, cachedTokens: Int = 0
    ) {
        verifier = TokenVerifier(.accessToken, algorithms: algorithms, types: profile.types, limits: limits)
        self.keys = keys
        self.audience = [audience]
        self.profile = profile
        self.leeway = leeway
        cache = cachedTokens > 0 ? VerifiedTokenCache(capacity: cachedTokens) : nil
    }

    /// How many tokens are remembered now.
    package var rememberedCount: Int { cache?.count ?? 0 }

    /// Verifies with the cached keys, without waiting.
    /// - Throws: ``TokenValidationError`` that names the culprit.
    public func verify(_ token: AccessToken, at now: UnixTime) throws(TokenValidationError) -> AccessTokenClaims {
        let snapshot = keys.current
        if let kept = try remembered(token, by: snapshot, at: now) { return kept }
        let verified = try verifier.claims(token.exposedText, by: snapshot)
        return try judge(verified, of: token, at: now)
    }

    /// Verifies, fetching the keys when they are due and, at most once a minute, when the token names an unknown key.
    /// - Throws: ``TokenValidationError`` that names the culprit.
    public func verifyRefreshing(
        _ token: AccessToken, at now: UnixTime
    ) async throws(TokenValidationError) -> AccessTokenClaims {
        let snapshot = keys.current
        if now < snapshot.freshUntil, let kept = try remembered(token, by: snapshot, at: now) { return kept }
        let verified = try await verifier.claimsRefreshing(token.exposedText, by: keys, from: .outside, at: now)
        return try judge(verified, of: token, at: now)
    }

    /// The claims of a token that the keys of `snapshot` verified before, if it is still valid.
    private func remembered(
        _ token: AccessToken, by snapshot: JWKSet, at now: UnixTime
    ) throws(TokenValidationError) -> AccessTokenClaims? {
        guard let cache else { return nil }
        let text = token.exposedText
        let found = text.withOctets { cache.object(for: text, octets: $0, in: snapshot.list) }
        guard let kept = found as? AccessTokenClaims.Content else { return nil }
        try verifier.judging { () throws(ClaimError) in try kept.validity.require(at: now, leeway: leeway) }
        return AccessTokenClaims(kept)
    }

    private func judge(
        _ verified: VerifiedClaims, of token: AccessToken, at now: UnixTime
    ) throws(TokenValidationError) -> AccessTokenClaims {
        let claims = try verifier.judging { () throws(ClaimError) in try judge(verified.claims, at: now) }
        if let cache, let keys = verified.keys {
            let text = token.exposedText
            text.withOctets { cache.keep(claims.content, for: text, octets: $0, in: keys) }
        }
        return claims
    }

    private func judge(_ claims: Claims, at now: UnixTime) throws(ClaimError) -> AccessTokenClaims {
        try claims.forbid([.nonce, .atHash, .codeHash, .events])
        let issuer = keys.issuer
        try claims.require(.issuer, toBe: issuer.text)
        try claims.requireAudience(audience, besides: .any)
        let validity = try claims.requireValid(at: now, leeway: leeway, notBefore: claims.member(.notBefore))
        if profile == .rfc9068 { _ = try claims.requiredText(.jwtID) }
        return AccessTokenClaims(
            AccessTokenClaims.Content(
                issuer: issuer, subject: try claims.subject(), clientID: try clientID(claims),
                scope: try scope(claims), permissions: try permissions(claims), validity: validity,
                text: claims.json.text))
    }

    private func clientID(_ claims: Claims) throws(ClaimError) -> ClientID? {
        let name: ClaimName = profile == .rfc9068 ? .clientID : .authorizedParty
        guard profile == .rfc9068 || claims.member(name) != nil else { return nil }
        let text = try claims.requiredText(name)
        guard let clientID = try? ClientID(text) else { throw .malformed(name) }
        return clientID
    }

    private func scope(_ claims: Claims) throws(ClaimError) -> Scope {
        let text = claims.member(.scope).map(claims.json.text) ?? ""
        guard let text, let scope = try? Scope(text) else { throw .malformed(.scope) }
        return scope
    }

    private func permissions(_ claims: Claims) throws(ClaimError) -> [String] {
        guard profile == .auth0, let member = claims.member(.permissions) else { return [] }
        guard let permissions = claims.texts(member) else { throw .malformed(.permissions) }
        return permissions
    }
}
