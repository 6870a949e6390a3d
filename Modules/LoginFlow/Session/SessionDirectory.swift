import Concurrency
public import OAuthTypes
import SessionStore
import WireFormats

/// Finds and ends the sessions of a user: ``LoginFlow/sessionDirectory``.
///
/// Users are identified by their subject at one issuer. All calls throw `session_store_failed` as a problem to
/// answer with by ``LoginFlow/reply(to:refusing:)``; sessions that were ended before the throw stay ended.
public struct SessionDirectory: Sendable {
    /// The maximum number of sessions that one call lists.
    public static let maximumLimit = 1000
    static let batch = 100

    let flow: LoginFlow
    let backend: StoreBackend
    let store: any IndexedSessionStore
    let issuer: Issuer

    /// Returns the live sessions of a user, in no meaningful order.
    /// - Parameters:
    ///   - subject: the user.
    ///   - after: the last handle of the previous result, to continue after it.
    ///   - limit: the maximum number, 1…1000. A result with fewer is the last one.
    public func sessions(
        of subject: SubjectID, after: SessionHandle? = nil, limit: Int = 100
    ) async throws(FlowProblem) -> [SessionSummary] {
        try await asking { _ in
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
    ///   - subject: whose it is: take it from the session of the user who asks, not from a form.
    /// - Returns: false when the user has no such session; another user's handle answers the same.
    public func revoke(_ handle: SessionHandle, of subject: SubjectID) async throws(FlowProblem) -> Bool {
        try await asking { revocations in
            guard try await summary(handle.key, of: subject) != nil else { return false }
            return try await remove(handle.key, noting: &revocations)
        }
    }

    /// Ends every session of the user but this one. After ``StoredSessions/rotate(_:)`` pass the rotated session: the
    /// old one names an id that is gone, and the user would be logged out everywhere.
    /// - Returns: how many were ended, and what happened to their refresh tokens.
    public func revokeOthers(than session: LoginSession) async throws(FlowProblem) -> EndedSessions {
        try await asking { revocations in
            var last = SessionKey?.none
            while case let keys = try await keys(of: session.subject, after: last), let next = keys.last {
                for key in keys where key != session.id.key { _ = try await remove(key, noting: &revocations) }
                last = next
            }
            return revocations.ended
        }
    }

    /// Ends every session of the user. A session whose login completes or whose id changes meanwhile may be left.
    /// - Returns: how many were ended, and what happened to their refresh tokens.
    public func revokeAll(of subject: SubjectID) async throws(FlowProblem) -> EndedSessions {
        try await asking { revocations in
            let subscribed = try await subscribedKeys(of: subject)
            if backend.keepsRefreshTokensReadable {
                try await removeEach(of: subject, noting: &revocations)
            } else {
                try await removeInSteps(of: subject, noting: &revocations)
            }
            for key in subscribed { backend.subscriptions.tell(.revoked, of: key) }
            return revocations.ended
        }
    }
}

extension SessionDirectory {
    private func asking<Answer>(
        _ body: (inout Revocations) async throws -> Answer
    ) async throws(FlowProblem) -> Answer {
        var revocations = Revocations()
        let answer: Answer
        do { answer = try await body(&revocations) } catch {
            follow(revocations)
            throw .storeAway(error, correlationID: flow.makeCorrelationID())
        }
        follow(revocations)
        return answer
    }

    /// Records what was ended, and revokes the tokens that can be opened.
    private func follow(_ revocations: Revocations) {
        guard revocations.ended.count > 0 else { return }
        let id = flow.makeCorrelationID()
        var details = [FlowEvent.Detail("sessions", String(revocations.ended.count))]
        if backend.keepsRefreshTokensReadable {
            details.append(.init("refresh_tokens_left", String(revocations.ended.tokensLeft)))
        }
        flow.record("session.revoked", from: .webApp, to: .webApp, correlationID: id, details: details)
        guard !revocations.tokens.isEmpty else { return }
        flow.work.start { [flow] in
            for token in revocations.tokens { await flow.revoke(token, correlationID: id) }
        }
    }

    // A record says only under its own key what it holds: one by one where tokens are to be had.
    private func removeEach(of subject: SubjectID, noting revocations: inout Revocations) async throws {
        var last = SessionKey?.none
        while case let keys = try await keys(of: subject, after: last), let next = keys.last {
            for key in keys { _ = try await remove(key, noting: &revocations) }
            last = next
        }
    }

    private func removeInSteps(of subject: SubjectID, noting revocations: inout Revocations) async throws {
        for tag in tags(of: subject) {
            while case let removed = try await store.removeAll(
                matching: tag, limit: SessionDirectory.batch, at: flow.now), !removed.isEmpty
            {
                for _ in removed { revocations.note(.sealed) }
            }
        }
    }

    private func tags(of subject: SubjectID) -> [IndexTag] {
        backend.ring.tagMakers.map { $0.subject(subject, at: issuer) }
    }

    /// The next keys over all tags, in ascending order.
    func keys(
        of subject: SubjectID, after: SessionKey?, limit: Int = SessionDirectory.batch
    ) async throws -> [SessionKey] {
        var found: Set<SessionKey> = []
        for tag in tags(of: subject) {
            found.formUnion(
                try await store.keys(matching: tag, after: after, limit: limit, at: flow.now))
        }
        return Array(found.sorted().prefix(limit))
    }

    private func subscribedKeys(of subject: SubjectID) async throws -> [SessionKey] {
        var (subscribed, last) = ([SessionKey](), SessionKey?.none)
        while case let keys = try await keys(of: subject, after: last), let next = keys.last {
            subscribed += keys.filter(backend.subscriptions.hasSubscribers)
            last = next
        }
        return subscribed
    }

    func summary(_ key: SessionKey, of subject: SubjectID) async throws -> SessionSummary? {
        guard let record = try await store.read(key, at: flow.now),
            let summary = backend.summary(of: record, under: key), summary.subject == subject,
            summary.issuer == issuer.text
        else { return nil }
        return SessionSummary(
            key, record: record, summary: summary, idleLifetime: flow.idleSeconds, at: flow.now)
    }

    private func remove(_ key: SessionKey, noting revocations: inout Revocations) async throws -> Bool {
        guard let removed = try await backend.remove(key, as: .revoked, at: flow.now) else { return false }
        let isToRevoke = backend.keepsRefreshTokensReadable
        revocations.note(isToRevoke ? backend.revocableToken(of: removed, under: key) : .sealed)
        return true
    }
}
