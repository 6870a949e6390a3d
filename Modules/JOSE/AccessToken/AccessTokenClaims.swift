public import OAuthTypes
public import WireFormats

/// What a verified access token says (RFC 9068 §2.2). Only ``AccessTokenVerifier`` makes one.
public struct AccessTokenClaims: Sendable {
    /// Who issued it.
    public let issuer: Issuer
    /// Whom the client acts for; for a client that acts for itself, the client.
    public let subject: SubjectID
    /// The client it was issued to; nil when the token does not say, which only Auth0's form allows.
    public let clientID: ClientID?
    /// What was granted.
    public let scope: Scope
    /// The permissions that Auth0 grants through roles; empty in other forms.
    public let permissions: [String]
    /// When it ends (`exp`).
    public let expiresAt: UnixTime
    /// When it was issued (`iat`).
    public let issuedAt: UnixTime
    private let scanned: ScannedObject

    init(
        issuer: Issuer, subject: SubjectID, clientID: ClientID?, scope: Scope, permissions: [String],
        expiresAt: UnixTime, issuedAt: UnixTime, scanned: ScannedObject
    ) {
        self.issuer = issuer
        self.subject = subject
        self.clientID = clientID
        self.scope = scope
        self.permissions = permissions
        self.expiresAt = expiresAt
        self.issuedAt = issuedAt
        self.scanned = scanned
    }

    /// Whom it is for: the API, and whatever else the issuer named.
    public var audience: [String] { (try? scanned.audience()) ?? [] }

    /// The token's own name (`jti`), if it has one.
    public var tokenID: String? { scanned.member(.tokenID).flatMap(scanned.text) }

    /// All claims; each use reads them anew.
    public var claims: JSONObject { scanned.object }

    /// The value of one claim.
    public subscript(name: String) -> JSONValue? {
        scanned.member(name).flatMap(scanned.value)
    }
}

extension AccessTokenClaims: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Issuer, scope and end; the user's claims stay private.
    public var description: String { "access token of \(issuer) for \(scope), expires at \(expiresAt)" }

    /// As ``description``.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
