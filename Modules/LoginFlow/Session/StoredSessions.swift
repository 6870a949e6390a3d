import APIClient
import Concurrency
import OAuthTypes
import SessionStore

/// What can be done with a session because it is in a store: ``LoginFlow/storedSessions``.
public struct StoredSessions: Sendable {
    let flow: LoginFlow
    let backend: StoreBackend

    /// Gives a session a new id, as required when it gains rights. The old id becomes invalid at once, in every
    /// process.
    ///
    /// Tokens, claims and ends stay. ``LoginSession/csrfToken`` and ``LoginSession/handle`` change with the id, so draw the
    /// page with ``RotatedSession/session``, and send ``RotatedSession/fields`` with it. The old record is removed before
    /// the new one is written: a crash between the two logs the user out. A refresh under way is waited for, up to
    /// some five seconds. The request's cancellation does not cut a rotation in two.
    /// - Returns: nil when the session is gone, as after a logout in another tab.
    /// - Throws: a problem to answer with by ``LoginFlow/reply(to:refusing:)``: `session_store_failed` when nothing was
    ///   changed or the outcome is unknown, `session_lost_in_rotation` when the user has to log in again.
    public func rotate(_ session: LoginSession) async throws(FlowProblem) -> RotatedSession? {
        let outcome = await flow.work.run { () -> Result<OpenSession?, any Error> in
            do { return .success(try await backend.rotate(session.id)) } catch { return .failure(error) }
        }
        do { return try outcome.get().map(rotated) } catch let error as SessionRotationError {
            throw .lostInRotation(error.cause, correlationID: session.correlationID)
        } catch { throw .storeAway(error, correlationID: session.correlationID) }
    }

    /// How many subscriptions there are in this process.
    package var subscriptionCount: Int { backend.subscriptions.count }

    private func rotated(_ session: OpenSession) -> RotatedSession {
        flow.record("session.rotated", from: .webApp, to: .browser, correlationID: session.summary.correlationID)
        let cookie = flow.cookies.sessionFields(backend.ticket(for: session), at: flow.now)
        return RotatedSession(session: LoginSession(session), fields: ReplyFields(flow.privateFields + cookie))
    }

    /// Waits for the end of a session: for WebSockets and event streams.
    /// - Parameters:
    ///   - session: the session that the connection was admitted with.
    ///   - interval: how often the record is read, to learn about other processes; at least a second. Events of this
    ///     process arrive at once.
    public func events(of session: LoginSession, pollingEvery interval: Duration = .seconds(5)) -> SessionEvents {
        SessionEvents(
            backend: backend, key: session.id.key, life: session.life, interval: max(interval, .seconds(1)))
    }
}

/// A session under its new id.
public struct RotatedSession: Sendable {
    /// The session as it is now.
    public let session: LoginSession
    /// Fields that the reply must carry: the new cookie and the rules for caches.
    public let fields: ReplyFields
}
