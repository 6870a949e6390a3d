public import OAuthTypes
public import WireFormats

/// Verified claims about a user (OpenID Connect Core §5.3.2). Only ``SignedUserInfoVerifier`` creates one.
public struct SignedUserInfo: Sendable {
    /// The issuer.
    public let issuer: Issuer
    /// The user: the subject of the ID token.
    public let subject: SubjectID
    /// When they were issued (`iat`), if the issuer says so.
    public let issuedAt: UnixTime?
    /// When they expire (`exp`); always nil with ``UserInfoProfile/core``.
    public let expiresAt: UnixTime?
    private let scanned: Claims

    init(
        issuer: Issuer, subject: SubjectID, issuedAt: UnixTime?, expiresAt: UnixTime?, claims: Claims
    ) {
        self.issuer = issuer
        self.subject = subject
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        scanned = claims
    }

    /// All claims; each access reads them again.
    public var claims: JSONObject { scanned.object }

    /// The text of one claim, such as `email`; nil if it is missing or not a string.
    public func string(_ name: String) -> String? {
        scanned.string(name)
    }

    /// The value of one claim.
    public subscript(name: String) -> JSONValue? {
        scanned[name]
    }
}

extension SignedUserInfo: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The issuer; the user's claims stay private.
    public var description: String { "signed UserInfo of \(issuer)" }

    /// As ``description``.
    public var debugDescription: String { description }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
