public import OAuthTypes
import WireFormats

/// Verifies the JARM responses of one issuer for one client (JWT Secured Authorization Response Mode §2.4).
///
///     let verifier = JARMResponseVerifier(keys: keys, algorithms: [.rs256], clientID: client)
///     let response = try await verifier.verifyRefreshing(RawJARMResponse(parameter), at: clock.now)
///
/// Tokens about a user or with claims of ID tokens and security events (`sub`, `nonce`, `at_hash`, `c_hash`, `s_hash`,
/// `events`) are refused; no other kind of token has a `code` or an `error`. A verifier may be used concurrently, and a
/// result never depends on earlier ones.
public struct JARMResponseVerifier<Keys: JWKSetSource>: Sendable {
    private let verifier: TokenVerifier
    private let keys: Keys
    private let clientID: ClientID
    private let leeway: ClockLeeway

    // Ten minutes, the longest that §2.1 recommends; providers that reuse the lifetime of access tokens exceed it. The code
    // inside ends earlier, and the state admits one response, so nothing hangs on it.
    private static var usualLifetime: Int64 { 600 }
    private static var lifetime: Int64 { 86_400 }

    /// Creates a verifier with `keys` that accepts only these algorithms. The issuer of the keys must have issued the
    /// responses.
    ///
    /// - Parameters:
    ///   - keys: the issuer's keys.
    ///   - algorithms: the accepted signature algorithms: the registered `authorization_signed_response_alg`.
    ///   - clientID: the client, which the responses must name as their only audience.
    ///   - leeway: how far the clocks may differ.
    ///   - limits: limits of the size.
    public init(
        keys: Keys, algorithms: SignatureAlgorithms, clientID: ClientID, leeway: ClockLeeway = 60,
        limits: TokenLimits = .standard
    ) {
        verifier = TokenVerifier(.jarmResponse, algorithms: algorithms, types: [.absent, .jwt], limits: limits)
        self.keys = keys
        self.clientID = clientID
        self.leeway = leeway
    }

    /// Verifies with the cached keys, without waiting.
    ///
    /// A response that expires more than a day from now is refused; more than the recommended ten minutes are a deviation.
    /// The caller has to check that the state belongs to this browser.
    /// - Throws: ``TokenValidationError`` that names the culprit.
    public func verify(
        _ response: RawJARMResponse, at now: UnixTime
    ) throws(TokenValidationError) -> JARMResponse {
        let verified = try verifier.claims(response.exposedText, by: keys.current)
        return try verifier.judging { () throws(ClaimError) in try judge(verified.claims, at: now) }
    }

    /// Verifies, fetching the keys when they are due and, at most once a minute, when the response does not match them.
    /// - Throws: ``TokenValidationError`` that names the culprit.
    public func verifyRefreshing(
        _ response: RawJARMResponse, at now: UnixTime
    ) async throws(TokenValidationError) -> JARMResponse {
        let verified = try await verifier.claimsRefreshing(response.exposedText, by: keys, from: .outside, at: now)
        return try verifier.judging { () throws(ClaimError) in try judge(verified.claims, at: now) }
    }

    private func judge(_ claims: Claims, at now: UnixTime) throws(ClaimError) -> JARMResponse {
        try claims.forbid([.subject, .nonce, .atHash, .codeHash, .stateHash, .events])
        let issuer = keys.issuer
        try claims.require(.issuer, toBe: issuer.text)
        try claims.requireAudience([clientID.text])
        let expiresAt = try claims.requireEnd(at: now, leeway: leeway, within: Self.lifetime)
        _ = try claims.optionalIssuedAt(at: now, leeway: leeway)
        try claims.requireBegun(at: now, leeway: leeway)
        return JARMResponse(
            issuer: issuer, outcome: try outcome(claims), state: try claims.optionalText(.state), expiresAt: expiresAt,
            deviations: deviations(expiresAt, at: now), claims: claims)
    }

    private func deviations(_ expiresAt: UnixTime, at now: UnixTime) -> [ProviderDeviation] {
        guard leeway.liesAhead(expiresAt, at: now.adding(seconds: Self.usualLifetime)) else { return [] }
        return [ProviderDeviation(.authorizationResponse, "exp", form: "more than ten minutes ahead")]
    }

    private func outcome(_ claims: Claims) throws(ClaimError) -> JARMResponse.Outcome {
        if let error = try claims.optionalText(.error) {
            guard claims.member(.code) == nil else { throw .conflict(.code, .error) }
            let explanation = try claims.optionalText(.errorDescription)
            return .error(OAuthErrorResponse(error: error, errorDescription: explanation))
        }
        return .code(AuthorizationCode(try claims.requiredText(.code)))
    }
}
