import APIClient
import Hummingbird
import HummingbirdLogin
import LoginFlow

/// The problems of the app's own pages, shown like those of the flow.
struct AppProblem {
    let problem: FlowProblem

    func response(to request: Request, flow: LoginFlow) -> Response {
        guard let visit = BrowserRequest(request) else { return Response(status: .badRequest) }
        return Response(flow.reply(to: visit, refusing: problem))
    }

    static func apiCall(_ error: APIClientError, flow: LoginFlow, session: LoginSession) -> AppProblem {
        switch error {
        case .token(.loginNeeded), .unauthorized: loginNeeded(session, diagnosis: "\(error)")
        case .token(let failure):
            AppProblem(problem: flow.problem(failure, of: session, returningTo: "/api-call"))
        case .userInfo: userInfo(error, session: session)
        case .transport:
            make(
                session, status: 503, code: "api_away", title: "The API cannot be reached",
                detail: "This usually passes. Please try again in a moment.", turn: .wait, diagnosis: "\(error)",
                retryPath: "/api-call")
        default:
            make(
                session, status: 502, code: "api_call_failed", title: "The API call is not set up correctly",
                detail: "You cannot fix this yourself. Please tell the people who run this site.",
                turn: .operator, diagnosis: "\(error)")
        }
    }

    private static func userInfo(_ error: APIClientError, session: LoginSession) -> AppProblem {
        make(
            session, status: 502, code: "userinfo_failed", title: "The login service’s answer is not valid",
            detail: "You cannot fix this yourself. Please tell the people who run this site.", turn: .operator,
            diagnosis: "\(error)")
    }

    static func noAPI(_ session: LoginSession) -> AppProblem {
        make(
            session, status: 501, code: "no_api", title: "There is no API to call",
            detail: "The login service has no UserInfo endpoint, and no other API is configured.", turn: .operator,
            diagnosis: "the metadata has no userinfo_endpoint; set LOGIN_AUDIENCE")
    }

    static func providerAway(_ session: LoginSession) -> AppProblem {
        make(
            session, status: 503, code: "provider_away", title: "The login service cannot be reached",
            detail: "This usually passes. Please try again in a moment; you have not been logged out.", turn: .wait,
            diagnosis: "the metadata could not be fetched", retryPath: "/api-call")
    }

    static func staleForm(_ session: LoginSession) -> AppProblem {
        make(
            session, status: 403, code: "csrf_token_refused", title: "This form is out of date",
            detail: "Your session changed since the page was opened. Reload the page and try again.", turn: .user,
            diagnosis: "the form lacks this session's token", retryPath: "/profile")
    }

    private static func loginNeeded(_ session: LoginSession, diagnosis: String) -> AppProblem {
        make(
            session, status: 403, code: "api_login_needed", title: "Please log in again",
            detail: "Your permission to use the API has ended. Log in again and repeat the call.", turn: .user,
            diagnosis: diagnosis, retryPath: "/login?returnTo=/api-call")
    }

    private static func make(
        _ session: LoginSession, status: Int, code: String, title: String, detail: String, turn: FlowProblem.Turn,
        diagnosis: String, retryPath: String? = nil
    ) -> AppProblem {
        AppProblem(
            problem: FlowProblem(
                status: status, code: code, title: title, detail: detail, turn: turn, diagnosis: diagnosis,
                correlationID: session.correlationID, retryPath: retryPath))
    }
}
