import OAuthTypes

/// A failure of the app's own pages, which the flow can show like its own.
///
///     return flow.reply(to: request, showing: .notFound)
public enum PageProblem: Int, Sendable, Hashable, CaseIterable {
    /// The user may not see the page: 403.
    case forbidden = 403
    /// There is no such page: 404.
    case notFound = 404
    /// The app failed: 500.
    case failed = 500
    /// The app cannot answer for the moment: 503.
    case unavailable = 503

    /// The status code of the response.
    public var status: Int { rawValue }
}

extension LoginFlow {
    /// Answers a request whose page the app cannot show: a page for people, in the form of the flow's own, and
    /// `application/problem+json` for programs (RFC 9457).
    ///
    /// No login failed, so this is never the event `login.refused`. For ``PageProblem/failed`` and
    /// ``PageProblem/unavailable`` observers receive `page.failed`; anyone can cause the others, which are no event.
    /// - Parameters:
    ///   - request: the request.
    ///   - problem: what the page says.
    ///   - diagnosis: the cause for the event, without secrets; never shown.
    public func reply(
        to request: BrowserRequest, showing problem: PageProblem, diagnosis: String = ""
    ) -> BrowserReply {
        let shown = problem.shown(diagnosis, correlationID: makeCorrelationID())
        if problem.status >= 500 {
            record(
                "page.failed", from: .webApp, to: .browser, correlationID: shown.correlationID,
                details: [.init("code", shown.code), .init("diagnosis", diagnosis)])
        }
        return finished(answer(request, with: shown), to: request)
    }
}

extension PageProblem {
    fileprivate func shown(_ diagnosis: String, correlationID id: String) -> FlowProblem {
        switch self {
        case .forbidden:
            FlowProblem(
                status: 403, code: "page_forbidden", title: "You may not see this page",
                detail: "Your account has no permission for it.", turn: .user, diagnosis: diagnosis, correlationID: id,
                retryPath: "/")
        case .notFound:
            FlowProblem(
                status: 404, code: "page_not_found", title: "There is no such page",
                detail: "The address may be mistyped, or the page was removed.", turn: .user, diagnosis: diagnosis,
                correlationID: id, retryPath: "/")
        case .failed:
            FlowProblem(
                status: 500, code: "page_failed", title: "Something went wrong on this site",
                detail: "You cannot fix this. Please tell the people who run this site, with the reference below.",
                turn: .operator, diagnosis: diagnosis, correlationID: id)
        case .unavailable:
            FlowProblem(
                status: 503, code: "page_unavailable", title: "This site cannot answer for the moment",
                detail: "This usually passes. Please try again in a moment; you have not been logged out.", turn: .wait,
                diagnosis: diagnosis, correlationID: id, retryPath: "/")
        }
    }
}
