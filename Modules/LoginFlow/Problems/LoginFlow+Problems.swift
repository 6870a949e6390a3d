import CryptoPrimitives
import OAuthTypes
import WireFormats

extension LoginFlow {
    /// Answers a failed request of the app in the same form as the flow's own failures: observers receive an event,
    /// people get a page and programs `application/problem+json`.
    public func reply(to request: BrowserRequest, refusing problem: FlowProblem) -> BrowserReply {
        finished(refuse(request, with: problem), to: request)
    }

    /// Tells the observers and answers the browser: a page for people, `application/problem+json` for
    /// programs (RFC 9457).
    func refuse(_ request: BrowserRequest, with problem: FlowProblem) -> BrowserReply {
        record(problem)
        return answer(request, with: problem)
    }

    func answer(_ request: BrowserRequest, with problem: FlowProblem) -> BrowserReply {
        var problem = problem
        problem.retryPath = problem.turn == .operator ? nil : problem.retryPath ?? settings.routes.login
        return request.prefersJSON ? problem.json : page(.problem(problem), status: problem.status)
    }

    func page(_ page: LoginPage, status: Int, script: String? = nil) -> BrowserReply {
        let scripts = script.map { "; script-src 'sha256-\(Base64.encode(SHA2.sha256(Array($0.utf8))))'" } ?? ""
        let policy = contentSecurityPolicy(styleSources: environment.pages.styleSources) + scripts
        let fields = LoginFlow.pageFields + [HeaderField("Content-Security-Policy", policy)].compactMap(\.self)
        return BrowserReply(status: status, fields: fields, body: environment.pages.document(page))
    }

    /// A policy for pages that hold forms of the flow: nothing is loaded but style, no site frames the page, and forms
    /// go to the app or, through its redirect, to the provider, which browsers count as part of `form-action`.
    /// - Parameter styleSources: sources of CSP Level 3 §2.3.1 for style, such as `'self'` or `'sha256-…'`;
    ///   none by default.
    public func contentSecurityPolicy(styleSources: [String] = []) -> String {
        let styles = styleSources.isEmpty ? "" : "; style-src " + styleSources.joined(separator: " ")
        let targets = (["'self'"] + provider.knownOrigins.map(\.description)).joined(separator: " ")
        return "default-src 'none'\(styles); form-action \(targets); frame-ancestors 'none'; base-uri 'none'"
    }

    private static let pageFields = [
        HeaderField(literal: "Content-Type", value: "text/html; charset=utf-8"),
        HeaderField(literal: "X-Content-Type-Options", value: "nosniff"),
        HeaderField(literal: "Referrer-Policy", value: "no-referrer"),
    ]
}

extension FlowProblem {
    fileprivate var json: BrowserReply {
        let body: JSONObject = [
            "type": "about:blank", "title": .string(title), "status": .number(JSONNumber(status)),
            "detail": .string(detail), "code": .string(code), "turn": .string(turn.rawValue),
            "correlation_id": .string(correlationID),
        ]
        return .json(JSONWriter.text(body), status: status, type: "application/problem+json")
    }
}
