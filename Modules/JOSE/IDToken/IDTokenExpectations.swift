public import OAuthTypes

/// What an ID token must contain to be accepted (OpenID Connect Core §3.1.3.7, and §12.2 for a token from a refresh).
///
/// No parameter that could skip a check has a default: `nil` and `[]` have to be written, and their meaning is
/// documented here.
public struct IDTokenExpectations: Sendable {
    /// The hash of `at_hash` and `c_hash` for tokens signed with EdDSA, for which Core names none.
    public enum EdDSAHash: Hashable, Sendable {
        /// The hash that Ed25519 itself uses.
        case sha512
        /// The hash that some providers use.
        case sha256
    }

    /// Which `auth_time` a refreshed ID token may contain, if the login's token had one.
    public enum RefreshedAuthTime: Hashable, Sendable {
        /// That of the login, as OpenID Connect Core §12.2 requires.
        case unchanged
        /// That of the login or a later one, which must not be in the future: for issuers that write the time of the
        /// refresh. Cost: a session that requires a recent authentication accepts a refresh as one, unless it uses the
        /// `auth_time` of the login.
        case acceptingNewAuthTime
    }

    /// What the ID token of a refresh must have in common with that of the login.
    struct Refresh: Sendable {
        let subject: SubjectID
        let authTime: UnixTime?
    }

    let issuer: Issuer
    let clientID: ClientID
    /// The nonce of the login; nil only for a refresh whose login had none.
    let nonce: String?
    let maxAge: Int64?
    let acceptedACRs: [String]
    /// Nil when a login's token is expected.
    let refresh: Refresh?
    let accessToken: AccessToken?
    let code: AuthorizationCode?
    /// Audiences that a token may name in addition to the client, octet by octet; by default none. Cost: the operator
    /// of such an audience can receive this token and present it. `azp`, if present, must be the client all the same.
    public var trustedAudiences: [String] = []
    /// How far the clocks may differ.
    public var leeway: ClockLeeway = 60
    /// The hash of `at_hash` and `c_hash` under EdDSA.
    public var edDSAHash = EdDSAHash.sha512
    /// Whether a login's token may lack the nonce, for providers that never write one; by default not. A different
    /// nonce is refused in any case, and so is null. Cost: a token of another login of the same client can be injected,
    /// unless PKCE binds the code to this browser (RFC 9700 §4.5.3).
    public var acceptsMissingNonce = false
    /// Which issuers the token may name; by default the expected one only. Where a provider has an issuer per tenant, the
    /// expected issuer names the keys, and this rule the tenants.
    public var issuerRule = IssuerRule.exact
    /// What the app demands beyond the standards; by default nothing.
    public var requiredClaims: [ClaimRequirement] = []
    /// Whether a refreshed token may contain a later `auth_time` than that of the login; by default not.
    public var refreshedAuthTime = RefreshedAuthTime.unchanged

    /// Expects the ID token of a login.
    ///
    /// - Parameters:
    ///   - issuer: the issuer of the login.
    ///   - clientID: the client of the login.
    ///   - nonce: the nonce of the authorization request; a token with another is refused, and one without it unless
    ///     ``acceptsMissingNonce`` is set.
    ///   - maxAge: the requested `max_age`; nil if none was requested. With it `auth_time` is required.
    ///   - acceptedACRs: the `acr` values of which one is essential; empty if none was requested.
    ///   - accessToken: the access token issued with the ID token, for `at_hash`; nil if there is none, then `at_hash`
    ///     is ignored.
    ///   - code: the code of the token request, for `c_hash`; nil if it is no longer available, then `c_hash` is
    ///     ignored.
    public init(
        issuer: Issuer, clientID: ClientID, nonce: String, maxAge: Duration?, acceptedACRs: [String],
        accessToken: AccessToken?, code: AuthorizationCode?
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.accessToken = accessToken
        self.code = code
        self.nonce = nonce
        self.maxAge = maxAge?.wholeSeconds
        self.acceptedACRs = acceptedACRs
        refresh = nil
    }

    /// Expects the ID token of a refresh: of the same user at the same issuer (OpenID Connect Core §12.2).
    ///
    /// - Parameters:
    ///   - subject: the user of the login.
    ///   - issuer: the issuer of the login.
    ///   - clientID: the client of the login.
    ///   - nonce: the nonce of the login. A refreshed token may have this nonce or none. Nil: it must have none.
    ///   - authTime: `auth_time` of the login's token; a refreshed one may have this time or none, unless
    ///     ``refreshedAuthTime`` says otherwise. Nil if that had none: not compared.
    ///   - accessToken: the access token issued with the ID token, for `at_hash`; nil if there is none, then `at_hash`
    ///     is ignored.
    public init(
        refreshOf subject: SubjectID, issuer: Issuer, clientID: ClientID, nonce: String?, authTime: UnixTime?,
        accessToken: AccessToken?
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.accessToken = accessToken
        code = nil
        self.nonce = nonce
        maxAge = nil
        acceptedACRs = []
        refresh = Refresh(subject: subject, authTime: authTime)
    }
}
