import OAuthTypes
import WireFormats

// Claims that some kinds of token need not have, and bounds that only some have.
extension Claims {
    /// `sub`, if it is there.
    func optionalSubject() throws(ClaimError) -> SubjectID? {
        member(.subject) == nil ? nil : try subject()
    }

    /// `sid`, if it is there.
    func sessionID() throws(ClaimError) -> ProviderSessionID? {
        guard let text = try optionalText(.sessionID) else { return nil }
        guard let sessionID = try? ProviderSessionID(text) else { throw .malformed(.sessionID) }
        return sessionID
    }

    /// Throws if `nbf` is there and in the future.
    func requireBegun(at now: UnixTime, leeway: ClockLeeway) throws(ClaimError) {
        guard let notBefore = try optionalTime(.notBefore) else { return }
        try leeway.requireBegun(notBefore, at: now, orThrow: ClaimError.notYetValid)
    }

    /// `iat`, if it is there; throws if it is in the future.
    func optionalIssuedAt(at now: UnixTime, leeway: ClockLeeway) throws(ClaimError) -> UnixTime? {
        let issuedAt = try optionalTime(.issuedAt)
        if let issuedAt { try leeway.requireBegun(issuedAt, at: now, orThrow: ClaimError.issuedInFuture) }
        return issuedAt
    }

    /// `exp`, which must be there, not in the past, and at most `lifetime` seconds in the future.
    func requireEnd(
        at now: UnixTime, leeway: ClockLeeway, within lifetime: Int64
    ) throws(ClaimError) -> UnixTime {
        let expiresAt = try requiredTime(.expiration)
        try leeway.requireAhead(expiresAt, at: now, orThrow: ClaimError.expired)
        guard !leeway.liesAhead(expiresAt, at: now.adding(seconds: lifetime)) else { throw .expiresTooLate }
        return expiresAt
    }

    /// `jti`, which is required, of at most `limit` octets, because the caller has to remember it.
    func jwtID(octets limit: Int) throws(ClaimError) -> String {
        let jwtID = try requiredText(.jwtID)
        guard jwtID.utf8.count <= limit else { throw .malformed(.jwtID) }
        return jwtID
    }
}
