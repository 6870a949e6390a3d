import OAuthTypes
import WireFormats

/// A user who is logged in at this server in one browser.
struct Session: Sendable {
    let account: DevAccount
    let sid: String
    let authTime: UnixTime
    let expiresAt: UnixTime
}

/// An authorization request on its way through the pages.
struct Transaction: Sendable {
    let request: AuthorizationRequest
    let expiresAt: UnixTime
    /// The session that the pages have been passed with, and the claims that the rules added.
    var login: (session: TokenDigest, claims: JSONObject)?
    var failedPasswords = 0
    /// Where the browser was sent at the end: a second click is sent there too.
    var answer: String?
}

/// What a user gave an app: every token that comes from one code shares it, and dies with it.
struct Grant: Sendable {
    let clientID: ClientID
    let account: DevAccount
    let scope: Scope
    let audience: String
    let sid: String
    let authTime: UnixTime
    let claims: JSONObject

    var isOffline: Bool { scope.contains(DevScope.offlineAccess) }
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
    /// What the code was exchanged for.
    var redeemedAs: GrantID?
    /// A request of the right client was refused: the code is of no more use.
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

/// What a logout needs to know of an ID token. Expired ones are as good (RP-Initiated Logout §2).
struct IDTokenRecord: Sendable {
    let clientID: ClientID
    let subject: SubjectID
    let sid: String
}

struct ConsentKey: Hashable, Sendable {
    let subject: SubjectID
    let clientID: ClientID
}
