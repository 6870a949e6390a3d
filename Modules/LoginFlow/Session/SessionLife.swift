import JOSE
import OAuthTypes
import WireFormats

/// When a session ends: without use, and in any case.
struct SessionLife: Sendable, Hashable {
    var idleEnd: UnixTime
    var absoluteEnd: UnixTime

    /// The first moment at which the session is gone.
    var end: UnixTime { min(idleEnd, absoluteEnd) }

    /// The new idle end after a use at `now`; nil while less than a tenth of the idle lifetime would be gained, so that
    /// not every request writes.
    func extendedIdleEnd(at now: UnixTime, idleLifetime: Int64) -> UnixTime? {
        let wanted = min(now.adding(seconds: idleLifetime), absoluteEnd)
        let gained = wanted.seconds(since: idleEnd)
        return gained >= idleLifetime / 10 || (gained > 0 && wanted == absoluteEnd) ? wanted : nil
    }
}

/// The provider's limit: `session_expiry` of the IPSIE OpenID Connect SL1 profile, the time in seconds since the epoch
/// at which the session must end.
enum SessionCeiling {
    static func time(in claims: JSONObject) throws(MalformedSessionExpiryError) -> UnixTime? {
        guard let claim = claims["session_expiry"] else { return nil }
        guard let time = claim.timeValue else { throw MalformedSessionExpiryError() }
        return time
    }

    /// The limit of an ID token that was verified before it was stored.
    static func time(inVerified token: RawIDToken) -> UnixTime? {
        guard let claims = token.verifiedPayload else { return nil }
        return try? time(in: claims)
    }
}

/// An ID token has the claim `session_expiry`, and its value is no time.
struct MalformedSessionExpiryError: Error {}

extension RawIDToken {
    /// The claims of a token that this process has verified and sealed. Nothing is verified here.
    var verifiedPayload: JSONObject? {
        let parts = exposedText.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let octets = Base64URL.decode(String(parts[1])) else { return nil }
        return try? JSONReader.object(octets)
    }
}
