import APIClient
import CryptoPrimitives
public import OAuthTypes
import SessionStore
public import WireFormats

/// A logged-in user in this browser, as read for this request.
public struct LoginSession: Sendable, CustomStringConvertible, CustomReflectable {
    /// The issuer of the user's identity.
    public let issuer: String
    /// The user, unique within the issuer. Never identify a user by email address or name.
    public let subject: SubjectID
    /// The claims of the verified ID token of the login, and those that UserInfo added.
    public let claims: JSONObject
    /// What the app's hook added at login.
    public let additions: JSONObject
    /// When the login was completed.
    public let startedAt: UnixTime
    /// The absolute end of the session.
    public let endsAt: UnixTime
    /// When the access token expires; nil if the provider did not say.
    public let accessTokenEndsAt: UnixTime?
    /// Whether there is a refresh token that can still be used.
    public let canRefresh: Bool
    /// The login's name in events.
    public let correlationID: String

    let id: SessionID
    let life: SessionLife
    let idToken: RawIDToken
    let tokens: StoredTokenSet

    init(_ session: OpenSession) {
        issuer = session.summary.issuer
        subject = session.summary.subject
        startedAt = session.summary.startedAt
        correlationID = session.summary.correlationID
        claims = session.claims
        additions = session.additions
        life = session.life
        endsAt = session.life.absoluteEnd
        tokens = session.tokens
        let entry = session.tokens.entry(for: TokenTarget())
        accessTokenEndsAt = entry.access?.expiresAt
        canRefresh = entry.refresh.token != nil
        id = session.id
        idToken = session.idToken
    }

    /// Names this session in the lists of ``SessionDirectory``.
    public var handle: SessionHandle { SessionHandle(id.key) }

    /// The CSRF token of this session: a value for the hidden form field `csrf_token`. Check it with
    /// ``accepts(csrfToken:)`` on every POST.
    public var csrfToken: String { CSRF.token(for: id) }

    /// Whether `token` is the CSRF token of this session. The comparison takes constant time.
    public func accepts(csrfToken token: String) -> Bool {
        ConstantTime.equal(Array(token.utf8), Array(csrfToken.utf8))
    }

    /// The user and the issuer, no tokens.
    public var description: String { "LoginSession(\(subject) at \(issuer))" }

    /// Shows nothing of claims and tokens.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

enum CSRF {
    // Derived from the cookie's value, so it needs no memory and changes with every login. The label keeps the words of the
    // first release: forms that are open in browsers hold tokens made with it.
    static func token(for id: SessionID) -> String {
        let digest = SHA2.sha256(Array("anti-forgery token".utf8) + Array(id.exposedText.utf8))
        return Base64URL.encode(digest)
    }
}
