public import OAuthTypes
import SessionStore

/// Some of a user's sessions, and where the next page starts.
public struct SessionPage: Sendable, Hashable {
    /// The sessions, in no meaningful order.
    public let sessions: [SessionSummary]
    /// Pass this to get the next page; nil if this is the last one.
    public let next: SessionHandle?
}

extension SessionDirectory {
    /// Returns live sessions of a user, page by page. The cost depends on the page, not on the number of sessions.
    ///
    /// A session that starts meanwhile may be on a page that was already read; none is on two pages.
    /// - Parameters:
    ///   - subject: the user.
    ///   - after: ``SessionPage/next`` of the previous page; it may come from a query.
    ///   - limit: the maximum number, 1…1000.
    public func page(
        of subject: SubjectID, after: SessionHandle? = nil, limit: Int = 20
    ) async throws(FlowProblem) -> SessionPage {
        do {
            return try await read(
                of: subject, after: after?.key, limit: min(max(limit, 1), SessionDirectory.maximumLimit))
        } catch {
            throw .storeAway(error, correlationID: flow.makeCorrelationID())
        }
    }

    private func read(of subject: SubjectID, after: SessionKey?, limit: Int) async throws -> SessionPage {
        var found: [SessionSummary] = []
        var last = after
        while case let keys = try await keys(of: subject, after: last, limit: limit + 1), let end = keys.last {
            for key in keys {
                guard let summary = try await summary(key, of: subject) else { continue }
                guard found.count < limit else { return SessionPage(sessions: found, next: found.last?.handle) }
                found.append(summary)
            }
            last = end
        }
        return SessionPage(sessions: found, next: nil)
    }
}
