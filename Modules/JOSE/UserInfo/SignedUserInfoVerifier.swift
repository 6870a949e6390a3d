public import OAuthTypes
import WireFormats

/// Verifies the signed UserInfo responses of one issuer for one client (OpenID Connect Core §5.3.2 and §5.3.4).
///
///     let verifier = SignedUserInfoVerifier(keys: keys, algorithms: [.rs256], clientID: client, profile: .core)
///     let info = try await verifier.verifyRefreshing(RawSignedUserInfo(body), of: user.subject, at: clock.now)
///
/// A signed response must name issuer and audience, so that its value does not depend on its connection. Tokens with
/// claims that only ID tokens or security events have (`nonce`, `at_hash`, `c_hash`, `s_hash`, `events`) are refused. A
/// verifier may be used concurrently, and a result never depends on earlier ones.
public struct SignedUserInfoVerifier<Keys: JWKSetSource>: Sendable {
    private let verifier: TokenVerifier
    private let keys: Keys
    private let clientID: ClientID
    private let profile: UserInfoProfile
    private let leeway: ClockLeeway
    /// Audiences that a response may name in addition to the client; by default none.
    public var trustedAudiences: [String] = []

    /// Creates a verifier with `keys` that accepts only these algorithms. The issuer of the keys must have issued the
    /// responses.
    ///
    /// - Parameters:
    ///   - keys: the issuer's keys.
    ///   - algorithms: the accepted signature algorithms: the registered `userinfo_signed_response_alg`.
    ///   - clientID: the client, which the responses must name as their audience.
    ///   - profile: the issuer's format.
    ///   - leeway: how far the clocks may differ.
    ///   - limits: limits of the size.
    public init(
        keys: Keys, algorithms: SignatureAlgorithms, clientID: ClientID, profile: UserInfoProfile,
        leeway: ClockLeeway = 60, limits: TokenLimits = .standard
    ) {
        verifier = TokenVerifier(.userInfo, algorithms: algorithms, types: [.absent, .jwt], limits: limits)
        self.keys = keys
        self.clientID = clientID
        self.profile = profile
        self.leeway = leeway
    }

    /// Verifies with the cached keys, without waiting.
    ///
    /// `subject` is the `sub` of the verified ID token. Claims about another subject are refused, because an access
    /// token may have been swapped.
    /// - Throws: ``TokenValidationError`` that names the culprit.
    public func verify(
        _ response: RawSignedUserInfo, of subject: SubjectID, at now: UnixTime
    ) throws(TokenValidationError) -> SignedUserInfo {
        let verified = try verifier.claims(response.exposedText, by: keys.current)
        return try verifier.judging { () throws(ClaimError) in try judge(verified.claims, of: subject, at: now) }
    }

    /// Verifies, fetching the keys when they are due or when the response does not match them.
    ///
    /// Only for responses directly from the issuer's UserInfo endpoint, as `RawSignedUserInfo` promises.
    /// - Throws: ``TokenValidationError`` that names the culprit.
    public func verifyRefreshing(
        _ response: RawSignedUserInfo, of subject: SubjectID, at now: UnixTime
    ) async throws(TokenValidationError) -> SignedUserInfo {
        let verified = try await verifier.claimsRefreshing(
            response.exposedText, by: keys, from: .tokenEndpoint, at: now)
        return try verifier.judging { () throws(ClaimError) in try judge(verified.claims, of: subject, at: now) }
    }

    private func judge(
        _ claims: Claims, of expected: SubjectID, at now: UnixTime
    ) throws(ClaimError) -> SignedUserInfo {
        try claims.forbid([.nonce, .atHash, .codeHash, .stateHash, .events])
        let issuer = keys.issuer
        try claims.require(.issuer, toBe: issuer.text)
        try claims.requireAudience([clientID.text], besides: .only(trustedAudiences))
        let subject = try claims.subject()
        guard subject.text.hasSameOctets(as: expected.text) else { throw .mismatch(.subject) }
        let expiresAt = try expiration(claims, at: now)
        try claims.requireBegun(at: now, leeway: leeway)
        return SignedUserInfo(
            issuer: issuer, subject: subject, issuedAt: try claims.optionalIssuedAt(at: now, leeway: leeway),
            expiresAt: expiresAt, claims: claims)
    }

    private func expiration(_ claims: Claims, at now: UnixTime) throws(ClaimError) -> UnixTime? {
        switch profile.form {
        case .core:
            try claims.forbid(.expiration)
            return nil
        case .expiring:
            let expiresAt = try claims.requiredTime(.expiration)
            try leeway.requireAhead(expiresAt, at: now, orThrow: ClaimError.expired)
            return expiresAt
        }
    }
}
