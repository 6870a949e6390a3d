public import OAuthTypes
import WireFormats

/// Verifies client assertions, for an authorization server (RFC 7523 §3, OpenID Connect Core §9, `private_key_jwt`).
///
///     let verifier = ClientAssertionVerifier(algorithms: [.es256], audiences: [issuer.text])
///     let client = try verifier.verify(assertion, of: registered.id, keys: registered.keys, at: clock.now)
///
/// An assertion is about the client that made it: `iss` and `sub` are both the client, which is the case in no token of
/// an issuer about a user. Tokens with claims of ID tokens and security events (`nonce`, `at_hash`, `c_hash`, `events`)
/// are refused all the same. The caller has to remember which assertions were seen before. A verifier may be used
/// concurrently, and a result never depends on earlier ones.
public struct ClientAssertionVerifier: Sendable {
    private static let longestName = 256

    private let verifier: JWSVerifier
    private let algorithms: SignatureAlgorithms
    private let audiences: [String]
    private let lifetime: Int64
    private let leeway: ClockLeeway

    /// Creates a verifier that accepts only these algorithms.
    ///
    /// - Parameters:
    ///   - algorithms: the accepted signature algorithms.
    ///   - audiences: the names of this authorization server: its issuer and, for clients that still write it, its
    ///     token endpoint. An assertion that names another audience as well is refused, because that audience could
    ///     present it here.
    ///   - lifetime: how far ahead `exp` may be, within 1…3,600 seconds.
    ///   - leeway: how far the clocks may differ.
    ///   - limits: limits of the size.
    public init(
        algorithms: SignatureAlgorithms, audiences: [String], lifetime: Duration = .seconds(300),
        leeway: ClockLeeway = 60,
        limits: TokenLimits = .standard
    ) {
        // Most clients still write JWT or nothing; the explicit type is that of RFC 7523's successor.
        verifier = JWSVerifier(types: [.clientAssertion, .jwt, .absent], limits: limits)
        self.algorithms = algorithms
        self.audiences = audiences
        self.lifetime = min(max(lifetime.wholeSeconds, 1), 3_600)
        self.leeway = leeway
    }

    /// Verifies that `client`, whose registered keys are `keys`, made the assertion for this server.
    ///
    /// Take the client from the request's `client_id`, or from ``UnverifiedClientAssertion`` if the request has none.
    /// - Throws: ``TokenValidationError`` that names the culprit.
    public func verify(
        _ assertion: RawClientAssertion, of client: ClientID, keys: JWKSet, at now: UnixTime
    ) throws(TokenValidationError) -> VerifiedClientAssertion {
        let check = PublicKeyCheck(keys, algorithms: algorithms)
        let kind = TokenValidationError.Kind.clientAssertion
        let verified = try kind.validating { () throws(JWSError) in
            try assertion.exposedText.withOctets { (octets) throws(JWSError) in
                try verifier.claims(octets, by: check)
            }
        }
        return try kind.validating { () throws(ClaimError) in try judge(verified.claims, of: client, at: now) }
    }

    private func judge(
        _ claims: Claims, of client: ClientID, at now: UnixTime
    ) throws(ClaimError) -> VerifiedClientAssertion {
        try claims.forbid([.nonce, .atHash, .codeHash, .events])
        try claims.require(.issuer, toBe: client.text)
        try claims.require(.subject, toBe: client.text)
        try claims.requireAudience(audiences)
        let expiresAt = try claims.requireEnd(at: now, leeway: leeway, within: lifetime)
        _ = try claims.optionalIssuedAt(at: now, leeway: leeway)
        try claims.requireBegun(at: now, leeway: leeway)
        return VerifiedClientAssertion(
            clientID: client, jwtID: try claims.jwtID(octets: Self.longestName), expiresAt: expiresAt,
            acceptableUntil: expiresAt.adding(seconds: leeway.seconds))
    }
}
