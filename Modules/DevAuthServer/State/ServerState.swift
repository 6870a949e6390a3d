import OAuthTypes
import WireFormats

/// The state of the server, bounded and in memory only. Every decision about codes and tokens is one method, so one lock
/// is enough.
struct ServerState: Sendable {
    var transactions = BoundedTable<TokenDigest, Transaction>(limit: 1_000)
    var sessions = BoundedTable<TokenDigest, Session>(limit: 1_000)
    var consents = BoundedTable<ConsentKey, Set<String>>(limit: 1_000)
    var codes = BoundedTable<TokenDigest, CodeRecord>(limit: 1_000)
    var grants = BoundedTable<GrantID, Grant>(limit: 1_000)
    var refreshTokens = BoundedTable<TokenDigest, RefreshRecord>(limit: 5_000)
    var accessTokens = BoundedTable<TokenDigest, AccessRecord>(limit: 5_000)
    var idTokens = BoundedTable<TokenDigest, IDTokenRecord>(limit: 5_000)
    var pushedRequests = BoundedTable<TokenDigest, PushedRequest>(limit: 1_000)
    /// The assertions that were used, until they expire.
    var assertions = BoundedTable<TokenDigest, UnixTime>(limit: 5_000)
    private var grantsMade = 0

    mutating func addGrant(_ grant: Grant) -> GrantID {
        grantsMade += 1
        let id = GrantID(number: grantsMade)
        grants[id] = grant
        return id
    }

    /// Ends a grant. Its tokens stay in their tables but have no grant any more.
    mutating func revoke(_ id: GrantID) {
        grants[id] = nil
    }

    func session(_ digest: TokenDigest?, at now: UnixTime) -> Session? {
        guard let digest, let session = sessions[digest], now < session.expiresAt else { return nil }
        return session
    }

    /// The login that can answer a request without the login page; nil if the user has to log in.
    func login(_ digest: TokenDigest?, answering request: AuthorizationRequest, at now: UnixTime) -> BrowserLogin? {
        guard let digest, let session = session(digest, at: now), request.accepts(session, at: now) else { return nil }
        let login = BrowserLogin(digest: digest, session: session)
        guard let hint = request.idTokenHint else { return login }
        return idTokens[TokenDigest(hint)]?.subject == session.account.subject ? login : nil
    }

    func transaction(_ digest: TokenDigest, at now: UnixTime) -> Transaction? {
        guard let transaction = transactions[digest], now < transaction.expiresAt else { return nil }
        return transaction
    }

    func hasConsent(of subject: SubjectID, to request: AuthorizationRequest) -> Bool {
        let given = consents[ConsentKey(subject: subject, clientID: request.client.id)] ?? []
        return request.scope.values.allSatisfy(given.contains)
    }

    /// What the user left out is not remembered: the next request asks for it again.
    mutating func rememberConsent(of subject: SubjectID, to request: AuthorizationRequest, granting scope: Scope) {
        let key = ConsentKey(subject: subject, clientID: request.client.id)
        consents[key] = (consents[key] ?? []).union(scope.values)
    }

    /// Ends every login with this sid, and all its tokens but those with offline access (Back-Channel Logout §2.7).
    mutating func endSessions(sid: String) {
        sessions.removeAll { $0.sid == sid }
        grants.removeAll { $0.sid == sid && !$0.isOffline }
    }
}
