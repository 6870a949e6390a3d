public import OAuthTypes
public import WireFormats

/// A verified ID token (OpenID Connect Core §2): who logged in, at which issuer, when.
///
/// Only a verifier makes one, and has then checked every claim that has a property here, but for ``acr`` and
/// ``authenticationMethods``: an `acr` that was not asked for and `amr` are read if they are what they should be, and
/// otherwise as if they were missing. A claim that need not be there and is null, is missing. What departs from the
/// standard and was read all the same is in ``deviations``. `s_hash`, which binds the token to the `state` of a login, is not looked at: the
/// callback's `state` is compared itself. The properties read the text of the token when they are asked. A user is
/// identified by ``issuer`` and ``subject`` together, never by an e-mail address.
public struct IDToken: Sendable {
    /// Who vouches for it.
    public let issuer: Issuer
    /// When it ends (`exp`).
    public let expiresAt: UnixTime
    /// When it was issued (`iat`).
    public let issuedAt: UnixTime
    /// When the user authenticated (`auth_time`), if the issuer says so.
    public let authTime: UnixTime?
    /// The token itself, for `id_token_hint`.
    public let raw: RawIDToken
    /// What departed in the claims that were judged.
    private let notes: [ProviderDeviation]

    init(
        issuer: Issuer, _ validity: Validity, authTime: UnixTime?, raw: RawIDToken, _ notes: [ProviderDeviation]
    ) {
        self.issuer = issuer
        expiresAt = validity.expiresAt
        issuedAt = validity.issuedAt
        self.authTime = authTime
        self.raw = raw
        self.notes = notes
    }

    /// In what it departs from the standard, and was read all the same.
    public var deviations: [ProviderDeviation] {
        var all = notes
        let claims = scanned
        claims.noteUnless(.string, .jwtID, &all)
        claims.noteUnless(.string, .acr, &all)
        claims.noteAuthenticationMethods(&all)
        return all
    }

    /// The claims as they stand in the token.
    private var scanned: ScannedObject { raw.exposedText.withOctets(ScannedObject.init(verified:)) }

    /// The user, unique within the issuer.
    public var subject: SubjectID { SubjectID(valid: string(ClaimName.subject.rawValue) ?? "") }

    /// The user's session at the issuer (`sid`), if it names one.
    public var sessionID: ProviderSessionID? {
        string(ClaimName.sessionID.rawValue).map(ProviderSessionID.init(valid:))
    }

    /// Whom it is for: the client, and audiences the integrator listed as trusted.
    public var audience: [String] { (try? scanned.audience()) ?? [] }

    /// How the user authenticated as a class (`acr`), if the issuer says so.
    public var acr: String? { string(ClaimName.acr.rawValue) }

    /// How the user authenticated (`amr`, RFC 8176); empty when the issuer is silent.
    public var authenticationMethods: [String] { scanned.authenticationMethods }

    /// The nonce of the login, if it carries one.
    public var nonce: String? { string(ClaimName.nonce.rawValue) }

    /// All claims; each use reads them anew.
    public var claims: JSONObject { scanned.object }

    /// The text of one claim; nil when it is missing or no string.
    public func string(_ name: String) -> String? {
        let claims = scanned
        return claims.member(name).flatMap(claims.text)
    }

    /// The value of one claim.
    public subscript(name: String) -> JSONValue? {
        let claims = scanned
        return claims.member(name).flatMap(claims.value)
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
