import OAuthTypes

/// When a token is valid, by its `exp`, `iat` and `nbf` (RFC 7519 §4.1).
struct Validity: Sendable {
    let expiresAt: UnixTime
    let issuedAt: UnixTime
    var notBefore: UnixTime?

    /// Throws unless the token is valid at `now`.
    func require(at now: UnixTime, leeway: ClockLeeway) throws(ClaimError) {
        try leeway.requireAhead(expiresAt, at: now, orThrow: ClaimError.expired)
        try leeway.requireBegun(issuedAt, at: now, orThrow: ClaimError.issuedInFuture)
        if let notBefore { try leeway.requireBegun(notBefore, at: now, orThrow: ClaimError.notYetValid) }
    }
}
