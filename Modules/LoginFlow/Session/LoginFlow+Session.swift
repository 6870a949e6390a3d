import APIClient
import AuthURL
import JOSE
import OAuthTypes
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
        (placement as? StorePlacement).map { StoredSessions(flow: self, placement: $0) }
    }

    /// Lists and ends the sessions of a user; nil unless they are in an `IndexedSessionStore`.
    public var sessionDirectory: SessionDirectory? {
        guard let placement = placement as? StorePlacement, let store = placement.store as? any IndexedSessionStore
        else { return nil }
        return SessionDirectory(flow: self, placement: placement, store: store)
    }

    func findSession(in request: BrowserRequest) async -> SessionLookup {
        do {
            switch try await placement.find(in: request, at: now) {
            case .open(let open):
                return open.content.isFor(settings.clientID, at: settings.issuer) ? .found(open) : .none
            case .none: return .none
            case .unopened:
                record("session.open_failed", from: .browser, to: .webApp, correlationID: makeCorrelationID())
                return .none
            }
        } catch {
            return .unavailable(error)
        }
    }

    func createSession(
        _ login: CompletedLogin, additions: JSONObject, in attempt: LoginAttempt
    ) async throws -> SessionTicket {
        let idToken = login.idToken
        let life = try sessionLife(idToken, in: attempt)
        let content = SessionContent(
            summary: .init(
                issuer: settings.issuer.text, subject: idToken.subject, providerSession: idToken.sessionID,
                startedAt: now, correlationID: attempt.correlationID, userAgent: attempt.request.userAgent),
            idToken: idToken.raw, tokens: StoredTokenSet(login.tokens), claims: login.claims, additions: additions,
            added: login.added)
        let ticket = try await begin(content, life: life, replacing: attempt.request)
        recordStart(of: attempt, subject: idToken.subject)
        return ticket
    }

    // Optional claims are left out where sessions have a size limit.
    private func begin(
        _ content: SessionContent, life: SessionLife, replacing request: BrowserRequest
    ) async throws -> SessionTicket {
        do { return try await placement.begin(content, life: life, replacing: request, at: now) } catch let error
            as SessionTooLargeError
        {
            guard !content.added.isEmpty else { throw error }
            record(
                "userinfo.left_out", from: .webApp, to: .webApp, correlationID: content.summary.correlationID,
                details: [.init("diagnosis", "\(error)")])
            return try await placement.begin(content.withoutUserInfo, life: life, replacing: request, at: now)
        }
    }

    private func sessionLife(_ idToken: IDToken, in attempt: LoginAttempt) throws(FlowProblem) -> SessionLife {
        let ceiling: UnixTime?
        do { ceiling = try SessionCeiling.time(in: idToken.claims) } catch {
            throw .sessionExpiryRefused(
                "session_expiry is not a number of seconds", correlationID: attempt.correlationID)
        }
        if let ceiling, ceiling <= now {
            throw .sessionExpiryRefused(
                "session_expiry is \(ceiling) and it is \(now)", correlationID: attempt.correlationID)
        }
        let absoluteEnd = min(now.adding(seconds: settings.absoluteLifetime), ceiling ?? .distantFuture)
        let idleEnd = min(now.adding(seconds: settings.idleLifetime), absoluteEnd)
        return SessionLife(idleEnd: idleEnd, absoluteEnd: absoluteEnd)
    }

    private func recordStart(of attempt: LoginAttempt, subject: SubjectID) {
        record(
            "session.started", from: .webApp, to: .browser, correlationID: attempt.correlationID,
            details: [.init("sub", subject.text), .secret("session")])
    }
}
