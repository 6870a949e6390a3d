import AuthURL
import OAuthTypes
import WireFormats

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
        let isAnswer = route == .callback && request.method == .post && request.looksLikeFormPost
        let id = makeCorrelationID()
        var reply = refuse(
            request,
            with: isAnswer
                ? .answeredByFormPost(correlationID: id) : .methodRefused(request.method, correlationID: id))
        reply.fields.append(
            route == .logout
                ? HeaderField(literal: "Allow", value: "GET, HEAD, POST")
                : HeaderField(literal: "Allow", value: "GET, HEAD"))
        return reply
    }
}

extension BrowserRequest {
    /// Whether the body is an authorization response (OAuth 2.0 Form Post Response Mode §2).
    fileprivate var looksLikeFormPost: Bool {
        let fields = (try? FormEncoding.decode(body)) ?? []
        return fields.contains { ["code", "state", "error", "id_token"].contains($0.name) }
    }
}

extension FlowProblem {
    fileprivate static func answeredByFormPost(correlationID: String) -> FlowProblem {
        FlowProblem(
            status: 405, code: "callback_by_form_post",
            title: "The login service answered in a way that this site does not take",
            detail:
                "You cannot fix this. Please tell the people who run this site, with the reference below.",
            turn: .operator,
            diagnosis:
                "the provider answered by form_post, which this flow did not ask for and does not take: remove "
                + "response_mode=form_post from the request and from the client's registration, and scopes that bring it "
                + "about (Apple answers so where name or email is asked for)",
            correlationID: correlationID)
    }

    fileprivate static func methodRefused(_ method: HTTPMethod, correlationID: String) -> FlowProblem {
        FlowProblem(
            status: 405, code: "method_refused", title: "This address takes no form",
            detail: "Nothing was changed. You can log in from the start.", turn: .user,
            diagnosis: "the request's method is \(method)", correlationID: correlationID)
    }
}
