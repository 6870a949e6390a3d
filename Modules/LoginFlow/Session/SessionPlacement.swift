import APIClient
import OAuthTypes
import SessionStore

/// Where sessions are kept: in a store, or in the browser's cookie.
protocol SessionPlacement: Sendable {
    /// Whether a path that is too long for a cookie can be stored during its login.
    var keepsPaths: Bool { get }

    /// What the request's cookie refers to. Throws if that could not be found out.
    func find(in request: BrowserRequest, at now: UnixTime) async throws -> PlacedSession

    /// Starts a session. The session of the request, if any, ends first: a crash between the two logs the user out
    /// rather than leaving two sessions, and a session planted before the login is worth nothing after it.
    func begin(
        _ content: SessionContent, life: SessionLife, replacing request: BrowserRequest, at now: UnixTime
    ) async throws -> SessionTicket

    /// Moves the idle end, and seals again what an older key sealed; returns a ticket if the browser needs a new one.
    func keepAlive(_ open: OpenSession, until idleEnd: UnixTime, at now: UnixTime) async throws -> SessionTicket?

    /// Ends the session and returns its last content; nil if there is nothing to give back.
    func end(_ open: OpenSession, at now: UnixTime) async throws -> SessionContent?

    /// Where the session's tokens are read and refreshed.
    func tokenStore(of session: LoginSession, duties: SessionTokenStore.Duties) -> any TokenStore
}

/// What a session cookie refers to.
enum PlacedSession: Sendable {
    /// No live session.
    case none
    /// Sealed content that cannot be opened: its key was removed, or it is damaged.
    case unopened
    case open(OpenSession)
}

/// A session that was found and opened.
struct OpenSession: Sendable {
    let id: SessionID
    var life: SessionLife
    var content: SessionContent
    /// What it was read from, if that is a record.
    var record: SessionRecord?
}

/// A new session id was already in the store.
struct SessionIDTaken: Error {}
