import APIClient
import OAuthTypes
import SessionStore

/// Where sessions are: in a store, or in the browser's cookies.
enum SessionBackend: Sendable {
    /// Sessions are records in a store; the browser holds an id.
    case store(StoreBackend)
    /// Sessions are sealed cookies; the server keeps nothing.
    case cookies(CookieBackend)

    /// What only sessions in a store can do; nil when they are in cookies.
    var stored: StoreBackend? {
        switch self {
        case .store(let backend): backend
        case .cookies: nil
        }
    }

    /// The session of the request's cookie; nil for none that is live.
    /// - Throws: ``UnopenedSessionError``; anything else means that the store could not be asked.
    func find(in request: BrowserRequest, at now: UnixTime) async throws -> OpenSession? {
        switch self {
        case .store(let backend): try await backend.find(in: request, at: now)
        case .cookies(let backend): try backend.find(in: request, at: now)
        }
    }

    /// Begins a session. The one that the request brings, if any, ends first: a crash between the two logs out rather
    /// than leaving two, and what was planted before the login is worth nothing after it.
    func begin(
        _ session: OpenSession, replacing request: BrowserRequest, at now: UnixTime
    ) async throws -> SessionTicket {
        switch self {
        case .store(let backend): try await backend.begin(session, replacing: request, at: now)
        // There is nothing to remove: the new cookie replaces the old one.
        case .cookies(let backend): try backend.ticket(for: session)
        }
    }

    /// Moves the idle end, and seals anew what an older key sealed; a ticket when the browser has to be given a new one.
    func keepAlive(_ session: OpenSession, until idleEnd: UnixTime, at now: UnixTime) async throws -> SessionTicket? {
        switch self {
        case .store(let backend):
            try await backend.keepAlive(session, until: idleEnd, at: now)
            return nil
        case .cookies(let backend): return try backend.keepAlive(session, until: idleEnd)
        }
    }

    /// Ends the session, and answers what it held last; nil when there is nothing left to give back.
    func end(_ session: OpenSession, at now: UnixTime) async throws -> OpenSession? {
        switch self {
        case .store(let backend): try await backend.end(session, at: now)
        case .cookies: nil
        }
    }

    /// The tokens of the session, to be read and refreshed.
    func tokenStore(of session: LoginSession, rules: SessionTokenStore.EndRules) -> any TokenStore {
        switch self {
        case .store(let backend): SessionTokenStore(id: session.id, backend: backend, rules: rules)
        case .cookies: MemoryTokenStore(session.tokens)
        }
    }
}

/// A session cookie, or the record behind it, that does not open: its key was removed, or it is damaged.
struct UnopenedSessionError: Error {}

/// A fresh session id was in the store already.
struct SessionIDCollisionError: Error {}
