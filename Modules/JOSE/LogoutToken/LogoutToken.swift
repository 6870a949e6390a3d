public import OAuthTypes

/// A verified logout token (OpenID Connect Back-Channel Logout 1.0 §2.4): the issuer ended a user's session.
///
/// Only ``LogoutTokenVerifier`` creates one. It names the user, the session, or both: with ``sessionID`` that session
/// ends, without it all of the user's sessions. Remember ``jwtID`` until ``acceptableUntil``, and ignore a token that
/// was seen before.
public struct LogoutToken: Hashable, Sendable {
    /// The issuer that ended the session.
    public let issuer: Issuer
    /// The user whose session ended; nil if the token names only the session.
    public let subject: SubjectID?
    /// The session that ended; nil if all of the user's sessions did.
    public let sessionID: ProviderSessionID?
    /// The token's identifier (`jti`), which identifies a second delivery.
    public let jwtID: String
    /// When it was issued (`iat`).
    public let issuedAt: UnixTime
    /// When it expires (`exp`), if it says so.
    public let expiresAt: UnixTime?
    /// From this time on the verifier refuses the token, including the leeway of the clocks.
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

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
