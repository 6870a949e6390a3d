import CryptoPrimitives
import OAuthTypes

/// A verified token as a cache keeps it: nothing about it has to be checked again but the time.
final class RememberedToken: Pooled {
    let claims: AccessTokenClaims
    private let notBefore: UnixTime?

    /// Nil when `nbf` is not to be read, which was refused before.
    init?(_ claims: AccessTokenClaims, _ scanned: ScannedObject) {
        self.claims = claims
        do { notBefore = try scanned.optionalTime(.notBefore) } catch { return nil }
    }

    /// Throws unless the token is valid at `now`, as ``ScannedObject/requireValid(at:_:)`` does.
    func requireValid(at now: UnixTime, _ leeway: ClockLeeway) throws(ClaimError) {
        guard !leeway.hasPassed(claims.expiresAt, at: now) else { throw .expired }
        guard !leeway.liesAhead(claims.issuedAt, at: now) else { throw .issuedInFuture }
        if let notBefore, leeway.liesAhead(notBefore, at: now) { throw .notYetValid }
    }
}
