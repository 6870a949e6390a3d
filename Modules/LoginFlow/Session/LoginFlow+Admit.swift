import AuthURL
import OAuthTypes
import SessionStore
import WireFormats

/// Whether a request goes on to the app. Add the fields to whatever reply the app sends.
public enum Admission: Sendable {
    /// No user is logged in, and none has to be.
    case visitor(ReplyFields)
    /// A user is logged in.
    case session(LoginSession, ReplyFields)
    /// The app does not get the request: send this reply.
    case reply(BrowserReply)
}

extension LoginFlow {
    /// Checks a request before the app handles it: which user is logged in, and may the request go on?
    ///
    /// A navigation without the login it needs is sent to the provider and comes back to the same page; a script or
    /// JSON client gets 401 and the address of the login. While the session store cannot be reached the answer is
    /// 503, and no user is logged out. A session that is not enough for the requirement is treated like none. Using a session keeps it alive up to its absolute end.
    public func admit(_ request: BrowserRequest, requiring requirement: Requirement) async -> Admission {
        switch await findSession(in: request) {
        case .found(let session) where !requirement.isMet(by: session, at: now):
            return .reply(finished(await sendToLogin(request, for: requirement), to: request))
        case .found(let session):
            let renewed = await keepAlive(session, for: request)
            return .session(LoginSession(session), ReplyFields(privateFields + renewed + loopEnd(request)))
        case .none:
            switch requirement.kind {
            case .none: return .visitor(ReplyFields(visitorFields(request)))
            case .silentLogin: return await admitSilently(request, as: visitorFields(request))
            case .login: return .reply(finished(await sendToLogin(request, for: requirement), to: request))
            }
        case .unavailable(let error):
            var problem = FlowProblem.storeAway(error, correlationID: makeCorrelationID())
            problem.retryPath = request.method == .get ? ReturnPath(request.target)?.text : ReturnPath.root.text
            return .reply(finished(refuse(request, with: problem), to: request))
        }
    }

    private func sendToLogin(_ request: BrowserRequest, for requirement: Requirement) async -> BrowserReply {
        guard request.isNavigation else { return loginNeeded() }
        guard !isInRedirectLoop(request) else {
            return refuse(
                request,
                with: FlowProblem(
                    .redirectLoop, code: "login_in_circles",
                    diagnosis:
                        "logins are completed and no session is found after them: is the store shared, with the same keys?",
                    correlationID: makeCorrelationID()))
        }
        let path = (ReturnPath(request.target) ?? .root).avoiding(settings.ownedPaths)
        guard request.method == .get else {
            let reply = BrowserReply.redirect(to: loginPath(request.method == .head ? path : .root))
            return reply.fits(beside: privateFields) ? reply : .redirect(to: loginPath(.root))
        }
        return await startLogin(request, returningTo: path, wanting: LoginWish(requirement: requirement))
    }

    // A cross-site POST has no cookies, so a login that it started would add a cookie and remove none; and a HEAD
    // starts nothing. Both are redirected to where a GET starts the login.
    func loginPath(_ returnPath: ReturnPath) -> String {
        guard returnPath != .root else { return settings.routes.login }
        return settings.routes.login + "?" + FormEncoding.encode([FormField(name: "returnTo", value: returnPath.text)])
    }

    // A cookie without a session is removed, so that the browser stops sending it. Only a navigation removes it: a
    // subresource may still carry an id that was rotated meanwhile, and its response must not remove the new cookie.
    private func visitorFields(_ request: BrowserRequest) -> [HeaderField] {
        guard cookies.hasSession(request), request.mayBeNavigation else { return privateFields }
        return privateFields + cookies.sessionEnd(request)
    }

    // A touch that is lost costs nothing but an earlier end: the request goes on, the operator hears of it.
    private func keepAlive(_ session: OpenSession, for request: BrowserRequest) async -> [HeaderField] {
        guard let end = session.life.extendedIdleEnd(at: now, idleLifetime: idleSeconds) else { return [] }
        do {
            let ticket = try await sessions.keepAlive(session, until: end, at: now)
            return ticket.map { cookies.sessionFields($0, at: now, replacing: request) } ?? []
        } catch {
            record(
                "session.touch_failed", from: .webApp, to: .webApp, correlationID: session.summary.correlationID)
            return []
        }
    }
}
