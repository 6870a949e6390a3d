import OAuthTypes

/// When a token is valid, by its `exp`, `iat` and `nbf` (RFC 7519 §4.1).
struct Validity: Sendable {
    let expiresAt: UnixTime
    let issuedAt: UnixTime
    var notBefore: UnixTime?

    /// Throws unless the token is valid at `now`.
    func require(at now: UnixTime, _ leeway: ClockLeeway) throws(ClaimError) {
        guard !leeway.hasPassed(expiresAt, at: now) else { throw .expired }
        guard !leeway.liesAhead(issuedAt, at: now) else { throw .issuedInFuture }
        if let notBefore, leeway.liesAhead(notBefore, at: now) { throw .notYetValid }
    }
}
