import OAuthTypes

// Requests that reach a path of the flow in a form that it does not accept: each gets a page and an event.
extension LoginFlow {
    /// Answers HEAD as GET, without a body and without any effect: a cache may turn one into the other.
    func answerHead(_ request: BrowserRequest, on route: LoginRoute) async -> BrowserReply {
        guard route == .logout else { return BrowserReply(status: 200) }
        var asked = request
        asked.method = .get
        return await logOut(asked)
    }

    /// Answers a request whose body is too long for its route, or incomplete: 413 with a page.
    public func refuseLongBody(of request: BrowserRequest) -> BrowserReply {
        let problem = FlowProblem(
            status: 413, code: "body_too_long", title: "This form is too long",
            detail: "Nothing was changed. Go back, reload the page and try again.", turn: .user,
            diagnosis: "the body of a request to the flow is longer than its route reads, or broke off",
            correlationID: makeCorrelationID())
        return finished(refuse(request, with: problem), to: request)
    }

    /// Refuses a method that the route does not take.
    func refuseMethod(of request: BrowserRequest, on route: LoginRoute) -> BrowserReply {
        var reply = refuse(request, with: .methodRefused(request.method, correlationID: makeCorrelationID()))
        reply.fields.append(
            route == .login
                ? HeaderField(literal: "Allow", value: "GET, HEAD")
                : HeaderField(literal: "Allow", value: "GET, HEAD, POST"))
        return reply
    }
}

extension FlowProblem {
    fileprivate static func methodRefused(_ method: HTTPMethod, correlationID: String) -> FlowProblem {
        FlowProblem(
            status: 405, code: "method_refused", title: "This address takes no form",
            detail: "Nothing was changed. You can log in from the start.", turn: .user,
            diagnosis: "the request's method is \(method)", correlationID: correlationID)
    }
}
