public import OAuthTypes
import WireFormats

/// Verifies the logout tokens of one issuer for one client (OpenID Connect Back-Channel Logout 1.0 §2.6).
///
///     let keys = RemoteJWKSet(jwksURL, of: issuer, transport: transport, clock: .system)
///     let verifier = LogoutTokenVerifier(keys: keys, algorithms: [.rs256], clientID: client)
///     let logout = try await verifier.verifyRefreshing(RawLogoutToken(text), at: clock.now)
///
/// ID tokens are refused: a logout token has `events` and never a `nonce`, `at_hash` or `c_hash`. The caller has to
/// remember which tokens were seen before. A verifier may be used concurrently, and a result never depends on earlier
/// ones.
public struct LogoutTokenVerifier<Keys: JWKSetSource>: Sendable {
    private let verifier: TokenVerifier
    private let keys: Keys
    private let clientID: ClientID
    private let leeway: ClockLeeway
    /// The caller has to remember every identifier.
    private static var longestName: Int { 256 }
    /// Audiences that a token may name in addition to the client; by default none.
    public var trustedAudiences: [String] = []

    /// Creates a verifier with `keys` that accepts only these algorithms. The issuer of the keys must have issued the
    /// tokens.
    ///
    /// - Parameters:
    ///   - keys: the issuer's keys.
    ///   - algorithms: the accepted signature algorithms.
    ///   - clientID: the client, which the tokens must name as their audience.
    ///   - leeway: how far the clocks may differ.
    ///   - limits: limits of the size.
    public init(
        keys: Keys, algorithms: SignatureAlgorithms, clientID: ClientID, leeway: ClockLeeway = 60,
        limits: TokenLimits = .standard
    ) {
        verifier = TokenVerifier(
            .logoutToken, algorithms: algorithms, types: [.logoutToken, .jwt, .absent], limits: limits)
        self.keys = keys
        self.clientID = clientID
        self.leeway = leeway
    }

    /// Verifies with the cached keys, without waiting.
    ///
    /// A token without `exp` is accepted while its `iat` is at most five minutes old, plus the allowed difference of
    /// the clocks. The identifier (`jti`) of a token has at most 256 octets.
    /// - Throws: ``TokenValidationError`` that names the culprit.
    public func verify(_ token: RawLogoutToken, at now: UnixTime) throws(TokenValidationError) -> LogoutToken {
        let verified = try verifier.claims(token.exposedText, by: keys.current)
        return try verifier.judging { () throws(ClaimError) in try judge(verified.claims, at: now) }
    }

    /// Verifies, fetching the keys when they are due and, at most once a minute, when the token does not match them.
    /// - Throws: ``TokenValidationError`` that names the culprit.
    public func verifyRefreshing(
        _ token: RawLogoutToken, at now: UnixTime
    ) async throws(TokenValidationError) -> LogoutToken {
        let verified = try await verifier.claimsRefreshing(token.exposedText, by: keys, from: .outside, at: now)
        return try verifier.judging { () throws(ClaimError) in try judge(verified.claims, at: now) }
    }

    private func judge(_ claims: Claims, at now: UnixTime) throws(ClaimError) -> LogoutToken {
        try claims.forbid([.nonce, .atHash, .codeHash])
        try requireLogoutEvent(claims)
        let issuer = keys.issuer
        try claims.require(.issuer, toBe: issuer.text)
        try claims.requireAudience([clientID.text], besides: .only(trustedAudiences))
        let (issuedAt, expiresAt, acceptableUntil) = try requireValid(claims, at: now)
        let (subject, sessionID) = (try claims.optionalSubject(), try claims.sessionID())
        guard subject != nil || sessionID != nil else { throw .missing(.subject) }
        return LogoutToken(
            issuer: issuer, subject: subject, sessionID: sessionID,
            jwtID: try claims.jwtID(octets: Self.longestName),
            issuedAt: issuedAt, expiresAt: expiresAt, acceptableUntil: acceptableUntil)
    }

    // §2.4: the member's value should be empty, but must be an object.
    private func requireLogoutEvent(_ claims: Claims) throws(ClaimError) {
        let member = try claims.required(.events)
        guard let events = claims.json.value(member)?.objectValue else { throw .malformed(.events) }
        guard let event = events["http://schemas.openid.net/event/backchannel-logout"] else {
            throw .mismatch(.events)
        }
        guard event.objectValue != nil else { throw .malformed(.events) }
    }

    private func requireValid(
        _ claims: Claims, at now: UnixTime
    ) throws(ClaimError) -> (issuedAt: UnixTime, expiresAt: UnixTime?, acceptableUntil: UnixTime) {
        let issuedAt = try claims.requiredTime(.issuedAt)
        let expiresAt = try claims.optionalTime(.expiration)
        // Without an expiry of its own, a token of exactly five minutes is the oldest accepted one.
        let end = expiresAt ?? issuedAt.adding(seconds: 301)
        try leeway.requireAhead(end, at: now, orThrow: ClaimError.expired)
        try leeway.requireBegun(issuedAt, at: now, orThrow: ClaimError.issuedInFuture)
        try claims.requireBegun(at: now, leeway: leeway)
        return (issuedAt, expiresAt, end.adding(seconds: leeway.seconds))
    }
}
