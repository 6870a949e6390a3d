public import OAuthTypes

/// A verified logout token (OpenID Connect Back-Channel Logout 1.0 §2.4): the issuer ended a user's session.
///
/// Only ``LogoutTokenVerifier`` makes one. It names the user, the session, or both: with ``sessionID`` that session
/// ends, without it all of the user's sessions. Remember ``jwtID`` until ``acceptableUntil``, and let a token that
/// was seen before have no effect.
public struct LogoutToken: Hashable, Sendable {
    /// Who ended the session.
    public let issuer: Issuer
    /// Whose session ended; nil when the token names the session alone.
    public let subject: SubjectID?
    /// The session that ended; nil when all of the user's sessions did.
    public let sessionID: ProviderSessionID?
    /// The token's own name (`jti`), by which a second delivery is recognised.
    public let jwtID: String
    /// When it was issued (`iat`).
    public let issuedAt: UnixTime
    /// When it ends (`exp`), if it says so.
    public let expiresAt: UnixTime?
    /// From then on the verifier refuses the token by itself, the leeway of the clocks included.
    public let acceptableUntil: UnixTime

    init(
        issuer: Issuer, subject: SubjectID?, sessionID: ProviderSessionID?, jwtID: String, issuedAt: UnixTime,
        expiresAt: UnixTime?, acceptableUntil: UnixTime
    ) {
        self.issuer = issuer
        self.subject = subject
        self.sessionID = sessionID
        self.jwtID = jwtID
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.acceptableUntil = acceptableUntil
    }
}

extension LogoutToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Issuer and time; user and session stay private.
    public var description: String { "logout token of \(issuer), issued at \(issuedAt)" }

    /// As ``description``.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
