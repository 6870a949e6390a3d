import APIClient
import AuthURL
import JOSE
import OAuthTypes
import SessionStore
import WireFormats

/// What is behind a browser's session cookie.
enum SessionLookup: Sendable {
    /// No cookie, or one that leads nowhere.
    case none
    case found(OpenSession)
    /// The store could not be asked. This is not "logged out": the cookie stays.
    case unavailable(any Error)
}

extension LoginFlow {
    var records: SessionRecords { SessionRecords(sealer: sealer, tagMaker: tagMaker, random: environment.random) }

    func sessionID(in request: BrowserRequest) -> SessionID? {
        cookies.onlyValue(of: cookies.session, in: request).flatMap(SessionID.init(cookieValue:))
    }

    func findSession(in request: BrowserRequest) async -> SessionLookup {
        guard let id = sessionID(in: request) else { return .none }
        do {
            guard let record = try await store.read(id.key, at: now) else { return .none }
            return records.open(record, id: id).map(SessionLookup.found) ?? .none
        } catch {
            return .unavailable(error)
        }
    }

    /// A new session under a new id. The browser's old session goes first: a crash between the two logs out rather
    /// than leaving two, and an id that was planted before the login is worth nothing after it.
    func createSession(
        _ idToken: IDToken, _ tokens: TokenSet, additions: JSONObject, _ pending: PendingLogin,
        replacing old: SessionID?
    ) async throws -> SessionID {
        if let old { _ = try await store.remove(old.key, at: now) }
        let id = SessionID(random: environment.random)
        let content = SessionContent(
            summary: .init(
                issuer: settings.issuer.text, subject: idToken.subject, providerSession: idToken.sessionID,
                startedAt: now, correlationID: pending.correlationID),
            idToken: idToken.raw, tokens: StoredTokens(tokens), claims: idToken.claims, additions: additions)
        let record = try records.record(
            content, id: id, idleEnd: now.adding(seconds: settings.idleLifetime),
            absoluteEnd: now.adding(seconds: settings.absoluteLifetime))
        guard try await store.writeRecognising(record, for: id.key, if: .absent, at: now) else {
            throw FlowProblem(
                .storeAway, code: "session_id_taken", diagnosis: "a fresh session id was already in the store",
                pending.correlationID)
        }
        recordStart(pending, idToken)
        return id
    }

    private func recordStart(_ pending: PendingLogin, _ idToken: IDToken) {
        record(
            "session.started", from: .webApp, to: .browser, pending.correlationID,
            [.init("sub", idToken.subject.text), .secret("session")])
    }

    func sessionCookie(_ id: SessionID) -> HeaderField? {
        cookies.field(cookies.session, id.exposedText, maxAge: settings.absoluteLifetime)
    }
}
