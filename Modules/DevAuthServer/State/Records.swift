import OAuthTypes
import WireFormats

/// A login of a user at this server in one browser.
struct Session: Sendable {
    let account: DevAccount
    let option: DevLoginOption
    let sid: String
    let authTime: UnixTime
    let expiresAt: UnixTime
}

/// A session with the digest of its cookie.
struct BrowserLogin: Sendable {
    let digest: TokenDigest
    let session: Session
}

/// An authorization request on its way through the pages.
struct Transaction: Sendable {
    let request: AuthorizationRequest
    let expiresAt: UnixTime
    /// The session that logged in for it, and the claims that the rules added.
    var login: (session: TokenDigest, claims: JSONObject)?
    /// Wrong passwords, codes and addresses.
    var failures = 0
    var loginCode: LoginCode?
    /// What the browser got at the end. A second click gets it too.
    var answer: DevResponse?
}

/// The access that a user gave an app. All tokens of one code share it and end with it.
struct Grant: Sendable {
    let clientID: ClientID
    let account: DevAccount
    let option: DevLoginOption
    let scope: Scope
    /// The APIs that the access token is for; at least one.
    let audiences: [String]
    let details: AuthorizationDetails
    let organization: DevOrganization?
    let sid: String
    let authTime: UnixTime
    let claims: JSONObject

    var isOffline: Bool { scope.contains(DevScope.offlineAccess) }
}

/// An authorization request that waits at the pushed authorization request endpoint.
struct PushedRequest: Sendable {
    let request: AuthorizationRequest
    let expiresAt: UnixTime
}

struct GrantID: Hashable, Sendable {
    let number: Int
}

struct CodeRecord: Sendable {
    let grant: Grant
    let redirectURI: EndpointURL
    let codeChallenge: String
    let nonce: String?
    let expiresAt: UnixTime
    /// The grant that the code was used for. A second use of the code revokes it.
    var usedFor: GrantID?
    /// Whether a request of the right client was refused, which makes the code worthless.
    var isSpoiled = false
}

struct RefreshRecord: Sendable {
    let grant: GrantID
    let expiresAt: UnixTime
    var isUsed = false
}

struct AccessRecord: Sendable {
    let grant: GrantID
    let scope: Scope
    let expiresAt: UnixTime
}

/// The part of an ID token that a logout needs. Expired tokens count too (RP-Initiated Logout §2).
struct IDTokenRecord: Sendable {
    let clientID: ClientID
    let subject: SubjectID
    let sid: String
}

struct ConsentKey: Hashable, Sendable {
    let subject: SubjectID
    let clientID: ClientID
}
