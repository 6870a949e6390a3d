public import OAuthTypes
import SessionStore
import WireFormats

/// Finds and ends the sessions of a user: ``LoginFlow/sessionDirectory``.
///
/// Users are named by their subject at the flow's issuer. All calls throw `session_store_failed` as a problem to
/// answer with by ``LoginFlow/reply(to:refusing:)``; sessions that were ended before a throw stay ended.
public struct SessionDirectory: Sendable {
    /// The most sessions that one call lists.
    public static let maximumLimit = 1000
    static let batch = 100

    let flow: LoginFlow
    let placement: StorePlacement
    let store: any IndexedSessionStore

    /// The live sessions of a user, in an order of no meaning.
    /// - Parameters:
    ///   - subject: whose.
    ///   - after: the last handle of the answer before, to go on behind it.
    ///   - limit: how many at most, 1…1000. An answer with fewer is the last one.
    public func sessions(
        of subject: SubjectID, after: SessionHandle? = nil, limit: Int = 100
    ) async throws(FlowProblem) -> [SessionSummary] {
        try await asking {
            let limit = min(max(limit, 1), SessionDirectory.maximumLimit)
            var found: [SessionSummary] = []
            var last = after?.key
            while found.count < limit {
                let keys = try await keys(of: subject, after: last)
                guard let next = keys.last else { break }
                for key in keys where found.count < limit {
                    if let summary = try await summary(key, of: subject) { found.append(summary) }
                }
                last = next
            }
            return found
        }
    }

    /// Ends one session of a user.
    /// - Parameters:
    ///   - handle: which one; this may come from a form.
    ///   - subject: whose it is: take it from the session of whoever asks, not from a form.
    /// - Returns: false when the user has no such session; another user's handle answers the same.
    public func revoke(_ handle: SessionHandle, of subject: SubjectID) async throws(FlowProblem) -> Bool {
        try await asking {
            guard try await summary(handle.key, of: subject) != nil else { return false }
            return try await remove(handle.key)
        }
    }

    /// Ends every session of the user but this one. After ``StoredSessions/rotate(_:)`` give the rotated session: the
    /// old one names an id that is gone, and the user would be logged out everywhere.
    /// - Returns: how many were ended.
    public func revokeOthers(than session: Session) async throws(FlowProblem) -> Int {
        try await asking {
            var (ended, last) = (0, SessionKey?.none)
            while case let keys = try await keys(of: session.subject, after: last), let next = keys.last {
                for key in keys where key != session.id.key {
                    if try await remove(key) { ended += 1 }
                }
                last = next
            }
            return ended
        }
    }

    /// Ends every session of the user. One whose login is completed or whose id changes meanwhile may be left.
    /// - Returns: how many were ended.
    public func revokeAll(of subject: SubjectID) async throws(FlowProblem) -> Int {
        try await asking {
            let watched = try await watchedKeys(of: subject)
            var ended = 0
            for tag in tags(of: subject) {
                while case let removed = try await store.removeAll(
                    matching: tag, limit: SessionDirectory.batch, at: flow.now), !removed.isEmpty
                { ended += removed.count }
            }
            for key in watched { placement.watchers.tell(.revoked, of: key) }
            recordRevocation(of: ended)
            return ended
        }
    }
}

extension SessionDirectory {
    private func asking<Answer>(_ body: () async throws -> Answer) async throws(FlowProblem) -> Answer {
        do { return try await body() } catch { throw .storeAway(error, flow.makeCorrelationID()) }
    }

    private func tags(of subject: SubjectID) -> [IndexTag] {
        placement.records.ring.tagMakers.map { $0.subject(subject, at: flow.settings.issuer) }
    }

    /// The next keys over all tags, in ascending order.
    private func keys(of subject: SubjectID, after: SessionKey?) async throws -> [SessionKey] {
        var found: Set<SessionKey> = []
        for tag in tags(of: subject) {
            found.formUnion(
                try await store.keys(matching: tag, after: after, limit: SessionDirectory.batch, at: flow.now))
        }
        return Array(found.sorted().prefix(SessionDirectory.batch))
    }

    private func watchedKeys(of subject: SubjectID) async throws -> [SessionKey] {
        var (watched, last) = ([SessionKey](), SessionKey?.none)
        while case let keys = try await keys(of: subject, after: last), let next = keys.last {
            watched += keys.filter(placement.watchers.isWatched)
            last = next
        }
        return watched
    }

    private func summary(_ key: SessionKey, of subject: SubjectID) async throws -> SessionSummary? {
        guard let record = try await store.read(key, at: flow.now),
            let summary = placement.records.summary(of: record, under: key), summary.subject == subject,
            summary.issuer == flow.settings.issuer.text
        else { return nil }
        return SessionSummary(key, record, summary, idleLifetime: flow.settings.idleLifetime, at: flow.now)
    }

    private func remove(_ key: SessionKey) async throws -> Bool {
        let removed = try await placement.remove(key, as: .revoked, at: flow.now)
        if removed != nil { recordRevocation(of: 1) }
        return removed != nil
    }

    private func recordRevocation(of count: Int) {
        flow.record(
            "session.revoked", from: .webApp, to: .webApp, flow.makeCorrelationID(), [.init("sessions", String(count))])
    }
}
