public import OAuthTypes
public import WireFormats

/// A verified ID token (OpenID Connect Core §2): which user logged in, at which issuer, when.
///
/// Only a verifier creates one. It has then checked every claim that has a property here, except ``acr`` and
/// ``authenticationMethods``: `amr`, and an `acr` that was not requested, are read if they are valid, and otherwise
/// count as missing. An optional claim that is null counts as missing. Accepted deviations from the standard are in
/// ``deviations``. `s_hash`, which binds the token to the `state` of a login, is ignored, because the `state` of the
/// authorization response is compared directly. The properties read the text of the token when they are used. A user is
/// identified by ``issuer`` and ``subject`` together, never by an email address.
public struct IDToken: Sendable {
    /// The issuer.
    public let issuer: Issuer
    /// When it expires (`exp`).
    public let expiresAt: UnixTime
    /// When it was issued (`iat`).
    public let issuedAt: UnixTime
    /// When the user authenticated (`auth_time`), if the issuer says so.
    public let authTime: UnixTime?
    /// The token itself, for `id_token_hint`.
    public let raw: RawIDToken
    /// The deviations in the checked claims.
    private let notes: [ProviderDeviation]

    init(
        issuer: Issuer, validity: Validity, authTime: UnixTime?, raw: RawIDToken, notes: [ProviderDeviation]
    ) {
        self.issuer = issuer
        expiresAt = validity.expiresAt
        issuedAt = validity.issuedAt
        self.authTime = authTime
        self.raw = raw
        self.notes = notes
    }

    /// The accepted deviations from the standard.
    public var deviations: [ProviderDeviation] {
        var all = notes
        let claims = scanned
        claims.note(.jwtID, unless: .string, in: &all)
        claims.note(.acr, unless: .string, in: &all)
        claims.noteAuthenticationMethods(in: &all)
        return all
    }

    /// The claims as they stand in the token.
    private var scanned: Claims { raw.exposedText.withOctets(Claims.init(verified:)) }

    /// The user, unique within the issuer.
    public var subject: SubjectID { SubjectID(valid: string(ClaimName.subject.rawValue) ?? "") }

    /// The user's session at the issuer (`sid`), if it names one.
    public var sessionID: ProviderSessionID? {
        string(ClaimName.sessionID.rawValue).map(ProviderSessionID.init(valid:))
    }

    /// The audiences: the client, and those that the integrator listed as trusted.
    public var audience: [String] { (try? scanned.audience()) ?? [] }

    /// The class of the authentication (`acr`), if the issuer names one.
    public var acr: String? { string(ClaimName.acr.rawValue) }

    /// The methods of the authentication (`amr`, RFC 8176); empty if the issuer names none.
    public var authenticationMethods: [String] { scanned.authenticationMethods }

    /// The nonce of the login, if it carries one.
    public var nonce: String? { string(ClaimName.nonce.rawValue) }

    /// All claims; each access reads them again.
    public var claims: JSONObject { scanned.object }

    /// The text of one claim; nil if it is missing or not a string.
    public func string(_ name: String) -> String? {
        scanned.string(name)
    }

    /// The value of one claim.
    public subscript(name: String) -> JSONValue? {
        scanned[name]
    }
}

extension IDToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Issuer and times; the user's claims stay private.
    public var description: String { "ID token of \(issuer), issued at \(issuedAt), expires at \(expiresAt)" }

    /// As ``description``.
    public var debugDescription: String { description }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
