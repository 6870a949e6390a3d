import APIClient
import OAuthTypes
import SessionStore

/// Where sessions live: in a store, or in the browser's cookie.
protocol SessionPlacement: Sendable {
    /// Whether a path that is too long for a cookie can be kept while its login is under way.
    var keepsPaths: Bool { get }

    /// What is behind the request's cookie. A throw means that it could not be asked.
    func find(in request: BrowserRequest, at now: UnixTime) async throws -> PlacedSession

    /// Begins a session. The one that the request brings, if any, ends first: a crash between the two logs out rather
    /// than leaving two, and what was planted before the login is worth nothing after it.
    func begin(
        _ content: SessionContent, _ life: SessionLife, replacing request: BrowserRequest, at now: UnixTime
    ) async throws -> SessionTicket

    /// Moves the idle end, and seals anew what an older key sealed; a ticket when the browser has to be given a new one.
    func keepAlive(_ open: OpenSession, until idleEnd: UnixTime, at now: UnixTime) async throws -> SessionTicket?

    /// Ends the session, and answers what it held last; nil when there is nothing left to give back.
    func end(_ open: OpenSession, at now: UnixTime) async throws -> SessionContent?

    /// Where the session's tokens are read and refreshed.
    func tokenStore(of session: LoginSession, duties: SessionTokenStore.Duties) -> any TokenStore
}

/// What a session cookie leads to.
enum PlacedSession: Sendable {
    /// Nothing that is live.
    case none
    /// Something sealed that does not open: its key was removed, or it is damaged.
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

/// A fresh session id was in the store already.
struct SessionIDTaken: Error {}
