public import OAuthTypes
import WireFormats

/// Verifies the JWT access tokens that one issuer makes for one API (RFC 9068 §4).
///
///     let keys = RemoteKeys(jwksURL, of: issuer, transport: transport, clock: .system)
///     let verifier = AccessTokenVerifier(
///         keys: keys, algorithms: [.rs256], audience: "https://api.example", profile: .rfc9068)
///     let claims = try await verifier.verifyRefreshing(token, at: clock.now)
///
/// ID tokens and logout tokens are refused. Any number of callers may use one verifier at once; an answer never
/// depends on earlier ones.
public struct AccessTokenVerifier<Keys: KeySource>: Sendable {
    private let verifier: TokenVerifier
    private let audience: String
    private let profile: AccessTokenProfile
    private let leeway: ClockLeeway
    private let keys: Keys

    /// Verifies with `keys`, and with no other algorithms than these. Their issuer must have issued the tokens.
    ///
    /// - Parameters:
    ///   - keys: the issuer's keys.
    ///   - algorithms: what tokens may be signed with.
    ///   - audience: the API's identifier, which the tokens must name among their audiences.
    ///   - profile: the form the issuer writes.
    ///   - leeway: how far the clocks may differ.
    ///   - limits: bounds on size.
    public init(
        keys: Keys, algorithms: PublicKeyAlgorithms, audience: String, profile: AccessTokenProfile,
        leeway: ClockLeeway = 60, limits: TokenLimits = .standard
    ) {
        verifier = TokenVerifier(algorithms: algorithms, types: profile.types, limits: limits)
        self.keys = keys
        self.audience = audience
        self.profile = profile
        self.leeway = leeway
    }

    /// Verifies by the keys that are known now, without waiting.
    /// - Throws: ``AccessTokenError`` that names the culprit.
    public func verify(_ token: AccessToken, at now: UnixTime) throws(AccessTokenError) -> AccessTokenClaims {
        let verified: VerifiedClaims
        do { verified = try verifier.claims(token.exposedText, keys.current) } catch { throw .token(error) }
        do { return try judge(verified.claims, at: now) } catch { throw .claim(error) }
    }

    /// Verifies, fetching the keys when they are due and, at most once a minute, when the token names a key that is
    /// not known.
    /// - Throws: ``AccessTokenError`` that names the culprit.
    public func verifyRefreshing(
        _ token: AccessToken, at now: UnixTime
    ) async throws(AccessTokenError) -> AccessTokenClaims {
        let verified: VerifiedClaims
        do {
            verified = try await verifier.claimsRefreshing(token.exposedText, keys, from: .outside, at: now)
        } catch {
            throw AccessTokenError(error)
        }
        do { return try judge(verified.claims, at: now) } catch { throw .claim(error) }
    }

    private func judge(_ claims: ScannedObject, at now: UnixTime) throws(ClaimError) -> AccessTokenClaims {
        try claims.forbid(.nonce, .accessTokenHash, .codeHash, .events)
        let issuer = keys.issuer
        try claims.require(.issuer, toBe: issuer.text)
        guard try claims.audience().contains(where: audience.hasSameOctets) else { throw .mismatch(.audience) }
        let (expiresAt, issuedAt) = try claims.requireValid(at: now, leeway)
        if profile == .rfc9068 { _ = try claims.requiredText(.tokenID) }
        return AccessTokenClaims(
            issuer: issuer, subject: try claims.subject(), clientID: try clientID(claims), scope: try scope(claims),
            permissions: try permissions(claims), expiresAt: expiresAt, issuedAt: issuedAt, scanned: claims)
    }

    private func clientID(_ claims: ScannedObject) throws(ClaimError) -> ClientID? {
        let name: ClaimName = profile == .rfc9068 ? .clientID : .authorizedParty
        guard profile == .rfc9068 || claims.member(name) != nil else { return nil }
        let text = try claims.requiredText(name)
        guard let clientID = try? ClientID(text) else { throw .malformed(name) }
        return clientID
    }

    private func scope(_ claims: ScannedObject) throws(ClaimError) -> Scope {
        let text = claims.member(.scope).map(claims.text) ?? ""
        guard let text, let scope = try? Scope(text) else { throw .malformed(.scope) }
        return scope
    }

    private func permissions(_ claims: ScannedObject) throws(ClaimError) -> [String] {
        guard profile == .auth0, let member = claims.member(.permissions) else { return [] }
        guard let permissions = claims.texts(member) else { throw .malformed(.permissions) }
        return permissions
    }
}
