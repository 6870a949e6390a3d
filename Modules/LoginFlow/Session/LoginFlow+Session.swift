import APIClient
import AuthURL
import JOSE
public import OAuthTypes
import SessionStore
import WireFormats

/// What a browser's session cookie refers to.
enum SessionLookup: Sendable {
    /// No cookie, or one without a session.
    case none
    case found(OpenSession)
    /// The store could not be asked. This does not mean "logged out": the cookie stays.
    case unavailable(any Error)
}

extension LoginFlow {
    /// What can be done with single sessions; nil when they are in cookies.
    public var storedSessions: StoredSessions? {
        sessions.stored.map { StoredSessions(flow: self, backend: $0) }
    }

    /// Lists and ends the sessions of a user; nil unless they are in an `IndexedSessionStore`, and nil where the provider
    /// has an issuer per tenant: take ``sessionDirectory(at:)`` there.
    public var sessionDirectory: SessionDirectory? { sessionDirectory(at: settings.issuer) }

    /// Lists and ends the sessions of a user of `issuer`, such as ``LoginSession/issuer``; nil unless they are in an
    /// `IndexedSessionStore` and the settings accept this issuer.
    public func sessionDirectory(at issuer: Issuer) -> SessionDirectory? {
        guard let backend = sessions.stored, let store = backend.store as? any IndexedSessionStore,
            settings.accepts(issuer: issuer.text)
        else { return nil }
        return SessionDirectory(flow: self, backend: backend, store: store, issuer: issuer)
    }

    func findSession(in request: BrowserRequest) async -> SessionLookup {
        do {
            guard let session = try await sessions.find(in: request, at: now),
                session.isFor(settings)
            else { return .none }
            return .found(session)
        } catch is UnopenedSessionError {
            record("session.open_failed", from: .browser, to: .webApp, correlationID: makeCorrelationID())
            return .none
        } catch {
            return .unavailable(error)
        }
    }

    func createSession(
        _ login: CompletedLogin, additions: JSONObject, replacing request: BrowserRequest, correlationID: String
    ) async throws -> SessionTicket {
        let idToken = login.idToken
        let session = OpenSession(
            id: SessionID(random: environment.random), life: try sessionLife(idToken, correlationID: correlationID),
            summary: .init(
                issuer: idToken.issuer.text, subject: idToken.subject, providerSession: idToken.sessionID,
                startedAt: now, correlationID: correlationID, userAgent: request.userAgent),
            idToken: idToken.raw, tokens: StoredTokenSet(login.tokens), claims: login.claims, additions: additions,
            added: login.added)
        let ticket = try await begin(session, replacing: request)
        recordStart(correlationID: correlationID, subject: idToken.subject)
        return ticket
    }

    // What is only nice to have gives way where sessions have bounds.
    private func begin(_ session: OpenSession, replacing request: BrowserRequest) async throws -> SessionTicket {
        do { return try await sessions.begin(session, replacing: request, at: now) } catch let error
            as SessionTooLargeError
        {
            guard !session.added.isEmpty else { throw error }
            record(
                "userinfo.left_out", from: .webApp, to: .webApp, correlationID: session.summary.correlationID,
                details: [.init("diagnosis", "\(error)")])
            return try await sessions.begin(session.withoutUserInfo, replacing: request, at: now)
        }
    }

    private func sessionLife(_ idToken: IDToken, correlationID: String) throws(FlowProblem) -> SessionLife {
        let ceiling: UnixTime?
        do { ceiling = try SessionCeiling.time(in: idToken.claims) } catch {
            throw .sessionExpiryRefused(
                "session_expiry is not a number of seconds", correlationID: correlationID)
        }
        if let ceiling, ceiling <= now {
            throw .sessionExpiryRefused(
                "session_expiry is \(ceiling) and it is \(now)", correlationID: correlationID)
        }
        let absoluteEnd = min(now.adding(seconds: absoluteSeconds), ceiling ?? .distantFuture)
        let idleEnd = min(now.adding(seconds: idleSeconds), absoluteEnd)
        return SessionLife(idleEnd: idleEnd, absoluteEnd: absoluteEnd)
    }

    private func recordStart(correlationID: String, subject: SubjectID) {
        record(
            "session.started", from: .webApp, to: .browser, correlationID: correlationID,
            details: [.init("sub", subject.text), .secret("session")])
    }
}
