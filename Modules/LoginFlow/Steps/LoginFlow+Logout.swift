import APIClient
import AuthURL
import Concurrency
import OAuthTypes
import SessionStore
import WireFormats

extension LoginFlow {
    /// Ends the session here, then at the provider. A GET asks first: following a link must not log a user out.
    func logOut(_ request: BrowserRequest) async -> BrowserReply {
        guard request.method == .get || request.method == .post else { return refuseMethod(of: request, on: .logout) }
        switch await findSession(in: request) {
        case .unavailable(let error):
            return refuse(request, with: logoutFailed(error, correlationID: makeCorrelationID()))
        case .none: return alreadyLoggedOut(request)
        case .found(let session) where request.method == .get:
            return await confirmLogout(of: LoginSession(session), for: request)
        case .found(let session):
            return await environment.during(.logout, of: session.summary.correlationID) {
                await end(session, for: request)
            }
        }
    }

    private func alreadyLoggedOut(_ request: BrowserRequest) -> BrowserReply {
        var reply =
            request.prefersJSON
            ? BrowserReply.json(#"{"loggedOut":true}"#, status: 200)
            : page(.alreadyLoggedOut(homePath: ReturnPath.root.text), status: 200)
        reply.fields += cookies.sessionEnd(request)
        return reply
    }

    private func confirmLogout(of session: LoginSession, for request: BrowserRequest) async -> BrowserReply {
        let (path, token) = (settings.routes.logout, session.csrfToken)
        guard !request.prefersJSON else {
            let body: JSONObject = ["logout": .string(path), "csrf_token": .string(token)]
            return .json(JSONWriter.text(body), status: 200)
        }
        // The page's policy has to name the origin that the form leads to, even right after a restart.
        _ = try? await provider.connection()
        return page(.logoutConfirmation(path: path, csrfToken: token), status: 200)
    }

    private func logoutFailed(_ error: any Error, correlationID: String) -> FlowProblem {
        var problem = FlowProblem.storeAway(error, correlationID: correlationID)
        problem.retryPath = settings.routes.logout
        return problem
    }

    private func end(_ open: OpenSession, for request: BrowserRequest) async -> BrowserReply {
        let session = LoginSession(open)
        guard let token = request.formValue("csrf_token"), session.accepts(csrfToken: token) else {
            return refuse(
                request,
                with: FlowProblem(
                    .formRefused, code: "csrf_token_refused", diagnosis: "the form lacks this session's token",
                    correlationID: session.correlationID, retryPath: settings.routes.logout))
        }
        // Durable before anything says so: a logout that failed must not look like one that worked.
        let removed: OpenSession?
        do { removed = try await sessions.end(open, at: now) } catch {
            return refuse(request, with: logoutFailed(error, correlationID: session.correlationID))
        }
        record(
            "session.ended", from: .browser, to: .webApp, correlationID: session.correlationID,
            details: [.init("cause", "logout")])
        if let token = removed?.tokens.refreshToken {
            work.start { await self.revoke(token, correlationID: session.correlationID) }
        }
        return await logOutAtProvider(of: session, for: request)
    }

    // RP-Initiated Logout §2: the provider's session ends too, where it has such an endpoint and answers.
    private func logOutAtProvider(of session: LoginSession, for request: BrowserRequest) async -> BrowserReply {
        let end = ReplyFields(cookies.sessionEnd(request) + [silentPause()].compactMap(\.self))
        let state = EndSessionRequest.makeState(random: environment.random)
        guard let metadata = try? await provider.connection().metadata,
            let logout = endSessionRequest(of: session, at: metadata, state: state)
        else { return redirect(request, to: settings.routes.afterLogout).adding(end) }
        let fields = ReplyFields(
            end.fields + [cookies.field(cookies.logout, value: state, maxAge: 600)].compactMap(\.self))
        let reply = redirect(request, to: logout.url.exposedText).adding(fields)
        guard !reply.fits(beside: privateFields) else { return reply }
        return page(.providerForm(ProviderForm(logout)), status: 200).adding(fields)
    }

    // A script cannot follow a redirect to another origin: it is told where its browser has to go.
    private func redirect(_ request: BrowserRequest, to address: String) -> BrowserReply {
        guard request.prefersJSON else { return .redirect(to: address) }
        let body: JSONObject = ["loggedOut": true, "continueAt": .string(address)]
        return .json(JSONWriter.text(body), status: 200)
    }

    /// The browser returns from the provider's logout. Whatever it sends, it is redirected to the page after logout.
    func returnFromLogout(_ request: BrowserRequest) -> BrowserReply {
        let expected = cookies.onlyValue(of: cookies.logout, in: request)
        let matches = expected.map { EndSessionRequest.isReturn(query: String(request.query), state: $0) } ?? false
        record(
            "logout.returned", from: .authorizationServer, to: .webApp, correlationID: makeCorrelationID(),
            details: [.init("state", matches ? "as sent" : "unknown")])
        var reply = BrowserReply.redirect(to: settings.routes.afterLogout)
        reply.fields += cookies.end(of: cookies.logout, in: request)
        return reply
    }
}

enum LogoutReturn {
    /// Whether a query is that of a browser returning from a logout: `state` alone.
    static func isOne(_ query: Substring) -> Bool {
        guard let fields = try? FormEncoding.decode(query) else { return false }
        return fields.count == 1 && fields[0].name == "state"
    }
}

extension BrowserRequest {
    /// The only value of a field in a form body; nil if it is absent or occurs more than once.
    public func formValue(_ name: String) -> String? {
        try? FormEncoding.decode(body).onlyValue(named: name)
    }
}
