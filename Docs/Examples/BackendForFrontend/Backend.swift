import APIClient
import HTTPTypes
import Hummingbird
import HummingbirdLogin
import LoginFlow
import OAuthTypes

typealias UserContext = LoggedInRequestContext<BasicLoginRequestContext>

/// What the script calls. Without a login it gets 401 as `application/problem+json`, with the address of the login.
struct Backend: Sendable {
    struct Me: ResponseCodable {
        let name: String
        let csrfToken: String
    }

    let flow: LoginFlow
    let api: EndpointURL

    func add(to routes: RouterGroup<UserContext>) {
        let routes = routes.add(middleware: CSRFGuard(flow: flow))
        routes.get("me") { _, context in
            let session = context.session
            return Me(name: session.user.name ?? session.subject.text, csrfToken: session.csrfToken)
        }
        routes.get("orders") { request, context in await forward(.get, request, context.session) }
        routes.post("orders") { request, context in await forward(.post, request, context.session) }
    }

    /// Calls the API with the user's access token, which is refreshed when it is due.
    private func forward(_ method: OAuthTypes.HTTPMethod, _ request: Request, _ session: LoginSession) async -> Response
    {
        do {
            let answer = try await flow.apiClient(for: session, origins: [api.origin]).send(APIRequest(method, api))
            return Response(
                status: HTTPResponse.Status(code: answer.status), headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        } catch APIClientError.token(let failure) {
            guard let visit = BrowserRequest(request) else { return Response(status: .badRequest) }
            return Response(flow.reply(to: visit, refusing: flow.problem(failure, of: session, returningTo: "/")))
        } catch {
            return Response(status: .badGateway)
        }
    }
}

/// Lets a request that may change something pass with the session's token only: no other site can read it.
struct CSRFGuard: RouterMiddleware {
    let flow: LoginFlow

    func handle(
        _ request: Request, context: UserContext, next: (Request, UserContext) async throws -> Response
    ) async throws -> Response {
        guard request.method != .get, request.method != .head else { return try await next(request, context) }
        let token = HTTPField.Name("X-CSRF-Token").flatMap { request.headers[$0] }
        guard context.session.accepts(csrfToken: token ?? "") else { return refusal(request, context.session) }
        return try await next(request, context)
    }

    private func refusal(_ request: Request, _ session: LoginSession) -> Response {
        guard let visit = BrowserRequest(request) else { return Response(status: .badRequest) }
        let problem = FlowProblem(
            status: 403, code: "csrf_token_refused", title: "This page is out of date",
            detail: "Nothing was changed. Reload the page and try again.", turn: .user,
            diagnosis: "the request lacks the token of its session", correlationID: session.correlationID)
        return Response(flow.reply(to: visit, refusing: problem))
    }
}
