public import OAuthTypes
public import WireFormats

/// The claims of a verified access token (RFC 9068 §2.2). Only ``AccessTokenVerifier`` creates one.
public struct AccessTokenClaims: Sendable {
    /// One object, so that passing the claims on counts one reference, and a cache can keep it.
    final class Content: Sendable {
        let issuer: Issuer
        let subject: SubjectID
        let clientID: ClientID?
        let scope: Scope
        let permissions: [String]
        let validity: Validity
        let text: JSONText

        init(
            issuer: Issuer, subject: SubjectID, clientID: ClientID?, scope: Scope, permissions: [String],
            validity: Validity, text: JSONText
        ) {
            self.issuer = issuer
            self.subject = subject
            self.clientID = clientID
            self.scope = scope
            self.permissions = permissions
            self.validity = validity
            self.text = text
        }

        var claims: Claims { Claims(text.scanned) }
    }

    let content: Content

    init(_ content: Content) { self.content = content }

    /// The issuer.
    public var issuer: Issuer { content.issuer }
    /// The user for whom the client acts; for a client that acts for itself, the client.
    public var subject: SubjectID { content.subject }
    /// The client it was issued to; nil if the token does not say, which only Auth0's format allows.
    public var clientID: ClientID? { content.clientID }
    /// The granted scope.
    public var scope: Scope { content.scope }
    /// The permissions that Auth0 grants through roles; empty in other formats.
    public var permissions: [String] { content.permissions }
    /// When it expires (`exp`).
    public var expiresAt: UnixTime { content.validity.expiresAt }
    /// When it was issued (`iat`).
    public var issuedAt: UnixTime { content.validity.issuedAt }

    /// The audiences: the API, and any others that the issuer named.
    public var audience: [String] { (try? content.claims.audience()) ?? [] }

    /// The token's identifier (`jti`), if it has one.
    public var jwtID: String? { self[ClaimName.jwtID.rawValue]?.stringValue }

    /// All claims; each access reads them again.
    public var claims: JSONObject { content.claims.object }

    /// The value of one claim.
    public subscript(name: String) -> JSONValue? {
        content.claims[name]
    }
}

extension AccessTokenClaims: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Issuer, scope and expiry; the user's claims stay private.
    public var description: String { "access token of \(issuer) for \(scope), expires at \(expiresAt)" }

    /// As ``description``.
    public var debugDescription: String { description }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
