public import OAuthTypes

/// What an ID token must say to be taken (OpenID Connect Core §3.1.3.7, and §12.2 for one that came with a refresh).
///
/// Whatever could skip a check has no default: `nil` and `[]` have to be written, and their meaning is documented here.
public struct IDTokenExpectations: Sendable {
    /// The hash of `at_hash` and `c_hash` for tokens signed with EdDSA, for which Core names none.
    public enum EdDSAHash: Hashable, Sendable {
        /// The hash that Ed25519 itself uses.
        case sha512
        /// As some providers do.
        case sha256
    }

    /// What the `auth_time` of a refreshed ID token may be, where the login's token had one.
    public enum RefreshedAuthTime: Hashable, Sendable {
        /// That of the login, as OpenID Connect Core §12.2 demands.
        case unchanged
        /// That of the login or a later one, which must not lie in the future: for issuers that write when the tokens
        /// were renewed. What is lost: a session that demands a recent authentication takes a renewal for one, unless it
        /// goes by the `auth_time` of the login.
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
    /// Other audiences that a token may name beside the client, octet by octet; by default none. What is lost: who runs
    /// such an audience can be handed this token, and present it. `azp`, if it is there, is the client all the same.
    public var trustedAudiences: [String] = []
    /// How far the clocks may differ.
    public var leeway: ClockLeeway = 60
    /// The hash of `at_hash` and `c_hash` under EdDSA.
    public var edDSAHash = EdDSAHash.sha512
    /// Whether a login's token may lack the nonce, for providers that never write one; by default not. Another nonce is
    /// refused in any case, and so is null. What is lost: a token of another login of the same client can be injected,
    /// unless PKCE binds the code to this browser (RFC 9700 §4.5.3).
    public var acceptsMissingNonce = false
    /// Whether a refreshed token may name a later `auth_time` than that of the login; by default not.
    public var refreshedAuthTime = RefreshedAuthTime.unchanged

    /// Expects the ID token of a login.
    ///
    /// - Parameters:
    ///   - issuer: the provider the login went to.
    ///   - clientID: the client it was started for.
    ///   - nonce: the nonce of the authorization request; a token with another is refused, and one without it unless
    ///     ``acceptsMissingNonce`` says otherwise.
    ///   - maxAge: the `max_age` that was asked for, in seconds; nil when none was. With it `auth_time` is required.
    ///   - acceptedACRs: the `acr` values of which one is essential; empty when none was asked for.
    ///   - accessToken: the access token that came with the ID token, for `at_hash`; nil when none came, then `at_hash`
    ///     is not looked at.
    ///   - code: the code it was exchanged for, for `c_hash`; nil when it is no longer at hand, then `c_hash` is
    ///     not looked at.
    public init(
        issuer: Issuer, clientID: ClientID, nonce: String, maxAge: Int64?, acceptedACRs: [String],
        accessToken: AccessToken?, code: AuthorizationCode?
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.accessToken = accessToken
        self.code = code
        self.nonce = nonce
        self.maxAge = maxAge
        self.acceptedACRs = acceptedACRs
        refresh = nil
    }

    /// Expects the ID token that came with refreshed tokens: of the same user at the same issuer (OpenID
    /// Connect Core §12.2).
    ///
    /// - Parameters:
    ///   - subject: the user of the login.
    ///   - issuer: the provider of the login.
    ///   - clientID: the client of the login.
    ///   - nonce: the nonce of the login. A refreshed token need not have one, but no other. Nil: it must have none.
    ///   - authTime: `auth_time` of the login's token; a refreshed one need not have one, but no other unless
    ///     ``refreshedAuthTime`` says so. Nil when that had none: not compared.
    ///   - accessToken: the access token that came with the ID token, for `at_hash`; nil when none came, then `at_hash`
    ///     is not looked at.
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
