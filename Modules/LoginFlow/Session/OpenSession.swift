import APIClient
import JOSE
import OAuthTypes
import SessionStore
import WireFormats

/// A session between what is stored of it, a record or a cookie, and ``LoginSession``. The store can read the summary with
/// the server's keys; everything else needs the browser's cookie as well.
struct OpenSession: Sendable {
    /// What the server reads without the browser.
    struct Summary: Sendable, Hashable {
        var issuer: String
        var subject: SubjectID
        var providerSession: ProviderSessionID?
        var startedAt: UnixTime
        var correlationID: String
        var userAgent: String?
    }

    let id: SessionID
    var life: SessionLife
    var summary: Summary
    var idToken: RawIDToken
    var tokens: StoredTokenSet
    /// The claims of both the ID token and UserInfo.
    var claims: JSONObject
    var additions: JSONObject
    /// The claims that UserInfo added, for cookies, which keep the ID token alone.
    var added: JSONObject = [:]
    /// What it was read from, if that is a record.
    var record: SessionRecord?

    /// The same without what UserInfo added.
    var withoutUserInfo: OpenSession {
        var session = self
        session.added = [:]
        session.claims = idToken.verifiedPayload ?? claims
        return session
    }

    /// The same under another id.
    func moved(to id: SessionID) -> OpenSession {
        OpenSession(
            id: id, life: life, summary: summary, idToken: idToken, tokens: tokens, claims: claims,
            additions: additions, added: added)
    }

    /// Whether the login was one of this app: another one may have been given the same keys, and lets other users in.
    func isFor(_ settings: LoginSettings) -> Bool {
        guard settings.accepts(issuer: summary.issuer) else { return false }
        let audience = claims["aud"].map { $0.arrayValue ?? [$0] } ?? []
        guard audience.contains(where: { $0.stringValue == settings.clientID.text }) else { return false }
        // What was demanded at login is demanded of every session: settings may have become stricter since.
        return settings.requiredClaims(for: nil).allSatisfy { $0.isMet(by: claims) }
    }
}
