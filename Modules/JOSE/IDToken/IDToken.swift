public import OAuthTypes
public import WireFormats

/// A verified ID token (OpenID Connect Core §2): who logged in, at which issuer, when.
///
/// Only ``IDTokenVerifier`` makes one. A user is identified by ``issuer`` and ``subject`` together, never by
/// an e-mail address.
public struct IDToken: Sendable {
    /// Who vouches for it.
    public let issuer: Issuer
    /// The user, unique within the issuer.
    public let subject: SubjectID
    /// When it ends (`exp`).
    public let expiresAt: UnixTime
    /// When it was issued (`iat`).
    public let issuedAt: UnixTime
    /// When the user authenticated (`auth_time`), if the issuer says so.
    public let authTime: UnixTime?
    /// The user's session at the issuer (`sid`), if it names one.
    public let sessionID: ProviderSessionID?
    /// The token itself, for `id_token_hint`.
    public let raw: RawIDToken
    private let scanned: ScannedObject

    init(
        issuer: Issuer, subject: SubjectID, expiresAt: UnixTime, issuedAt: UnixTime, authTime: UnixTime?,
        sessionID: ProviderSessionID?, raw: RawIDToken, scanned: ScannedObject
    ) {
        self.issuer = issuer
        self.subject = subject
        self.expiresAt = expiresAt
        self.issuedAt = issuedAt
        self.authTime = authTime
        self.sessionID = sessionID
        self.raw = raw
        self.scanned = scanned
    }

    /// Whom it is for: the client, and audiences the integrator listed as trusted.
    public var audience: [String] { (try? scanned.audience()) ?? [] }

    /// How the user authenticated as a class (`acr`), if the issuer says so.
    public var contextClass: String? { string(ClaimName.contextClass.rawValue) }

    /// How the user authenticated (`amr`, RFC 8176); empty when the issuer is silent.
    public var authenticationMethods: [String] {
        scanned.member(.authenticationMethods).flatMap(scanned.texts) ?? []
    }

    /// The nonce of the login, if it carries one.
    public var nonce: String? { string(ClaimName.nonce.rawValue) }

    /// All claims; each use reads them anew.
    public var claims: JSONObject { scanned.object }

    /// The text of one claim; nil when it is missing or no string.
    public func string(_ name: String) -> String? {
        scanned.member(name).flatMap(scanned.text)
    }

    /// The value of one claim.
    public subscript(name: String) -> JSONValue? {
        scanned.member(name).flatMap(scanned.value)
    }
}

extension IDToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Issuer and times; the user's claims stay private.
    public var description: String { "ID token of \(issuer), issued at \(issuedAt), expires at \(expiresAt)" }

    /// As ``description``.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
