import AuthURL
import OAuthTypes
import SessionStore
import WireFormats

/// What a page or endpoint demands.
public enum Requirement: Sendable, Hashable {
    /// Everyone may see it.
    case none
    /// A logged-in user.
    case login
}

/// Whether a request goes on to the app. The fields must be part of whatever reply the app gives.
public enum Admission: Sendable {
    /// Nobody is logged in, and nobody has to be.
    case visitor(ReplyFields)
    /// A user is logged in.
    case session(LoginSession, ReplyFields)
    /// The app does not see the request: send this.
    case reply(BrowserReply)
}

extension LoginFlow {
    /// Looks at a request before the app does: who is logged in, and may it go on?
    ///
    /// A navigation without the login it needs is sent to the provider and comes back to the same page; a script or
    /// JSON client gets 401 and the address of the login. While the session store cannot be reached the answer is
    /// 503, and nobody is logged out. Using a session keeps it alive up to its absolute end.
    public func admit(_ request: BrowserRequest, requiring requirement: Requirement) async -> Admission {
        switch await findSession(in: request) {
        case .found(let open):
            let renewed = await keepAlive(open, request)
            return .session(LoginSession(open), ReplyFields(privateFields + renewed + circleEnd(request)))
        case .none:
            guard requirement == .login else { return .visitor(ReplyFields(visitorFields(request))) }
            return .reply(finished(await sendToLogin(request), to: request))
        case .unavailable(let error):
            var problem = FlowProblem.storeAway(error, makeCorrelationID())
            problem.retryPath = request.method == .get ? ReturnPath(request.target)?.text : ReturnPath.root.text
            return .reply(finished(refuse(request, problem), to: request))
        }
    }

    private func sendToLogin(_ request: BrowserRequest) async -> BrowserReply {
        guard request.isNavigation else { return loginNeeded() }
        guard !goesInCircles(request) else {
            return refuse(
                request,
                FlowProblem(
                    .inCircles, code: "login_in_circles",
                    diagnosis:
                        "logins are completed and no session is found after them: is the store shared, with the same keys?",
                    makeCorrelationID()))
        }
        let path = (ReturnPath(request.target) ?? .root).avoiding(settings.routes.owned)
        guard request.method == .get else {
            let reply = BrowserReply.redirect(to: loginPath(request.method == .head ? path : .root))
            return reply.fits(beside: privateFields) ? reply : .redirect(to: loginPath(.root))
        }
        return await startLogin(request, returningTo: path)
    }

    // A cross-site POST comes without cookies, so a login that it began would add a cookie and put none out; and a HEAD
    // begins nothing. Both are sent to where a GET begins it.
    private func loginPath(_ returnPath: ReturnPath) -> String {
        guard returnPath != .root else { return settings.routes.login }
        return settings.routes.login + "?" + FormEncoding.encode([FormField(name: "returnTo", value: returnPath.text)])
    }

    // A cookie that leads nowhere is taken back, so that the browser stops sending it. Only a navigation takes it back:
    // what a page loads beside it may still carry an id that was rotated meanwhile, and its answer must not take the new
    // one away.
    private func visitorFields(_ request: BrowserRequest) -> [HeaderField] {
        guard cookies.hasSession(request), request.mayBeNavigation else { return privateFields }
        return privateFields + cookies.sessionEnd(request)
    }

    // A touch that is lost costs nothing but an earlier end: the request goes on, the operator hears of it.
    private func keepAlive(_ open: OpenSession, _ request: BrowserRequest) async -> [HeaderField] {
        guard let end = open.life.extendedIdleEnd(at: now, idleLifetime: settings.idleLifetime) else { return [] }
        do {
            let ticket = try await placement.keepAlive(open, until: end, at: now)
            return ticket.map { cookies.sessionFields($0, at: now, replacing: request) } ?? []
        } catch {
            record("session.touch_failed", from: .webApp, to: .webApp, open.content.summary.correlationID)
            return []
        }
    }
}
