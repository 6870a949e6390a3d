import APIClient
import Hummingbird
import HummingbirdLogin
import LoginFlow
import OAuthTypes
import WireFormats

/// The web app: a few pages, the login in front of them, and one call to an API.
struct WebApp {
    typealias Context = BasicLoginRequestContext

    let flow: LoginFlow
    let events: EventLog
    let issuer: Issuer
    /// Nil means that the app calls the provider's UserInfo endpoint instead.
    let api: EndpointURL?
    /// Whether the pictures of users may come from loopback by `http`.
    let pictures: PlaintextHTTP
    let clock: WallClock

    func router() throws -> Router<Context> {
        let router = Router(context: Context.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: MissingPages(flow: flow))
        // Not behind the login: the flow's error pages need it even if the session store cannot be reached.
        router.get("style.css") { _, _ in WebApp.styleSheet }
        try router.addLogin(flow, leavingOut: ["style.css"])
        router.get("/") { request, context in home(request, context: context) }
        let pages = router.group().requireLogin()
        pages.get("profile") { request, context in await profile(request, of: context.session) }
        pages.get("api-call") { request, context in await callAPI(request, of: context.session) }
        pages.post("refresh") { request, context in await refresh(request, of: context.session) }
        pages.post("sessions/end") { request, context in
            try await end(request, of: context.session, with: SessionEnds.one)
        }
        pages.post("sessions/end-others") { request, context in
            try await end(request, of: context.session, with: SessionEnds.others)
        }
        return router
    }

    private func home(_ request: Request, context: Context) -> Response {
        guard let session = context.loginSession else {
            let body: JSONObject = ["loggedIn": false, "login": "/login"]
            return request.prefersJSON ? .json(body) : page(HomePage.document(nil, issuer: issuer.text))
        }
        return request.prefersJSON
            ? .json(["loggedIn": true, "sub": .string(session.subject.text)])
            : page(HomePage.document(session, issuer: issuer.text))
    }

    private func profile(_ request: Request, of session: LoginSession) async -> Response {
        guard !request.prefersJSON else {
            return .json([
                "iss": .string(session.issuer), "sub": .string(session.subject.text), "claims": .object(session.claims),
                "csrfToken": .string(session.csrfToken), "canRefresh": .bool(session.canRefresh),
            ])
        }
        let notice = request.uri.queryParameters["refreshed"].flatMap { Refresh.Outcome(rawValue: String($0)) }
        let after = request.uri.queryParameters["after"].flatMap { SessionHandle(String($0)) }
        let sessions: SessionPage?
        do { sessions = try await flow.sessionDirectory?.page(of: session.subject, after: after) } catch {
            return AppProblem(problem: error).response(to: request, flow: flow)
        }
        let picture = ProfilePicture(session.claims, allowing: pictures)
        let profile = ProfilePage(
            session: session, sessions: SessionList(page: sessions, isFirst: after == nil, now: clock.now),
            events: events.events(of: session.correlationID), notice: notice, picture: picture, now: clock.now)
        return page(profile.document, picture: picture)
    }

    private func end(
        _ request: Request, of session: LoginSession,
        with button: (SessionEnds) -> (Request, LoginSession) async -> Response
    ) async throws -> Response {
        guard let directory = flow.sessionDirectory else { throw HTTPError(.notFound) }
        return await button(SessionEnds(flow: flow, directory: directory))(request, session)
    }

    private func callAPI(_ request: Request, of session: LoginSession) async -> Response {
        switch await APICall(flow: flow, api: api, session: session).perform() {
        case .answer(let address, let status, let body):
            guard !request.prefersJSON else { return .json(["status": .init(integerLiteral: status), "body": body]) }
            return page(
                APICallPage.document(session, address: address, status: status, body: body.text(.indented)))
        case .problem(let problem): return problem.response(to: request, flow: flow)
        }
    }

    private func refresh(_ request: Request, of session: LoginSession) async -> Response {
        guard await request.carriesToken(of: session) else {
            return AppProblem.staleForm(session).response(to: request, flow: flow)
        }
        let outcome = await Refresh(flow: flow, session: session, clock: clock).perform()
        guard !request.prefersJSON else { return .json(["outcome": .string(outcome.rawValue)], status: outcome.status) }
        return .redirect(to: "/profile?refreshed=\(outcome.rawValue)", type: .normal)
    }

    func page(_ html: HTML, picture: ProfilePicture? = nil) -> Response {
        let policy = flow.contentSecurityPolicy(styleSources: ["'self'"])
        return .page(html, policy: picture.map { "\(policy); img-src \($0.source)" } ?? policy)
    }

    static var styleSheet: Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/css; charset=utf-8", .cacheControl: "public, max-age=300"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: StyleSheet.text)))
    }
}
