import LoginFlow
import SessionStore

/// The part of an app in which users see and end their sessions.
struct AccountPages {
    let stored: StoredSessions
    let directory: SessionDirectory

    /// Asked once, at the start: a flow over cookies has neither, one over a plain `SessionStore` has no directory.
    init?(_ flow: LoginFlow) {
        guard let stored = flow.storedSessions, let directory = flow.sessionDirectory else { return nil }
        self.stored = stored
        self.directory = directory
    }

    /// "Your sessions", a line each. The browser's own words are foreign text: escape them.
    func list(_ session: LoginSession) async throws(FlowProblem) -> [String] {
        var lines: [String] = []
        for listed in try await directory.sessions(of: session.subject) {
            let mark = listed.handle == session.handle ? " (this one)" : ""
            lines.append("\(listed.userAgent ?? "unknown browser")\(mark), revoke with \(listed.handle.text)")
        }
        return lines
    }

    /// The button beside a line: the form brings the handle back. Another user's handle is simply not found.
    func revoke(_ field: String, _ session: LoginSession) async throws(FlowProblem) -> Bool {
        guard let handle = SessionHandle(field) else { return false }
        return try await directory.revoke(handle, of: session.subject)
    }

    /// The password was changed: this browser gets a new session id, every other session ends.
    func passwordChanged(_ session: LoginSession) async throws(FlowProblem) -> RotatedSession? {
        guard let rotated = try await stored.rotate(session) else { return nil }
        _ = try await directory.revokeOthers(than: rotated.session)
        return rotated
    }

    /// The end of a WebSocket or an event stream: `close` is called when the session is over, not before.
    func watch(_ session: LoginSession, close: (SessionEvent) async -> Void) async {
        for await event in stored.events(of: session) { await close(event) }
    }
}
