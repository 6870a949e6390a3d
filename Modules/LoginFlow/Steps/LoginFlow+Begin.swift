import AuthURL
import OAuthTypes
import SessionStore
import WireFormats

extension LoginFlow {
    /// Steps 1 and 2: the user clicks Login, the browser is redirected to the provider.
    func begin(_ request: BrowserRequest) async -> BrowserReply {
        guard request.method == .get else { return misdirected(request, to: .login) }
        guard request.mayBeNavigation else { return loginNeeded() }
        return await startLogin(request, returningTo: returnPath(asked: request))
    }

    func startLogin(
        _ request: BrowserRequest, returningTo returnPath: ReturnPath, _ again: SecondTry? = nil
    ) async -> BrowserReply {
        let correlationID = again?.first.correlationID ?? makeCorrelationID()
        guard returns.take(returnPath) else { return refuse(request, .returnPathTooLong(correlationID)) }
        do {
            let visit = LoginVisit(request: request, returnPath: returnPath)
            let started = try await prepareLogin(visit, again, correlationID)
            await keep(returnPath, of: started.pending)
            return try sendOff(started, request)
        } catch {
            return refuse(request, .starting(error, correlationID))
        }
    }

    private func prepareLogin(
        _ visit: LoginVisit, _ again: SecondTry?, _ correlationID: String
    ) async throws -> StartedLogin {
        record(
            "login.requested", .loginRequested, from: .browser, to: .webApp, correlationID,
            [.init("path", shown(visit.request.target)), .init("returnTo", shown(visit.returnPath.text))])
        let connection = try await provider.connection()
        if let demand = connection.unmetDemand { throw demand }
        let authorization = try await authorizationRequest(for: visit, again, at: connection.metadata)
        return try PendingLogin.start(
            authorization, at: connection.metadata, returningTo: returns.inCookie(visit.returnPath),
            correlationID: correlationID,
            random: environment.random, now: now)
    }

    private func authorizationRequest(
        for visit: LoginVisit, _ again: SecondTry?, at metadata: ProviderMetadata
    ) async throws -> AuthorizationRequest {
        var authorization = AuthorizationRequest(
            clientID: settings.clientID, redirectURI: redirectURI, scope: try scope(offeredBy: metadata))
        authorization.audience = settings.audience
        authorization.prompt = settings.prompt
        do { try await environment.hooks.prepare(&authorization, for: visit) } catch { throw HookError() }
        guard authorization.responseMode == .query else { throw UnmetDemandError.formPost }
        if settings.deviations.leavesOutNonceAndPKCE { authorization.circumstances = [.withoutPKCE, .withoutNonce] }
        if let again { authorization.keepDemands(of: again) }
        let access = again?.reason == .offlineAccess ? .never : settings.offlineAccess
        authorization.askForOfflineAccess(access, offlineAccess.way(at: now))
        return authorization
    }

    private func sendOff(_ started: StartedLogin, _ request: BrowserRequest) throws -> BrowserReply {
        let tag = PendingLogin.cookieTag(forState: started.state)
        let name = cookies.pendingName(tag: tag, createdAt: started.pending.createdAt)
        let sealed = try pendingSealer.seal(started.pending.encoded(), context: Array(name.utf8))
        guard let cookie = cookies.field(name, Base64URL.encode(sealed), maxAge: PendingLogin.lifetime.wholeSeconds)
        else {
            throw AuthorizationRequestError.tooLong
        }
        record(
            "login.redirected", .redirectedToProvider, from: .webApp, to: .browser, started.pending.correlationID,
            [.init("endpoint", started.pending.issuer.text)] + started.shownParameters)
        return depart(with: started, cookie, request)
    }

    // A query may be private, and a target that is not a plain path may contain anything.
    private func shown(_ target: String) -> String {
        ReturnPath(String(target.prefix { $0 != "?" && $0 != "#" }))?.text ?? "(not a plain path)"
    }

    // Some providers refuse a scope that they do not list. A list without openid is not one of OpenID scopes.
    private func scope(offeredBy metadata: ProviderMetadata) throws -> Scope {
        if let scope = settings.scope { return scope }
        let listed = metadata.scopesSupported ?? []
        let wanted = listed.contains("openid") ? ["profile", "email"].filter(listed.contains) : ["profile", "email"]
        let offline = storedSessions != nil && listed.contains("offline_access")
        return try Scope(["openid"] + wanted + (offline ? ["offline_access"] : []))
    }

    private func returnPath(asked request: BrowserRequest) -> ReturnPath {
        guard let asked = try? FormEncoding.decode(request.query).onlyValue(named: "returnTo"),
            let path = ReturnPath(asked)
        else { return .root }
        return path.avoiding(settings.routes.owned)
    }

    /// 401 with the address of the login, for clients that cannot follow a redirect to a page.
    func loginNeeded() -> BrowserReply {
        let body: JSONObject = [
            "type": "about:blank", "title": "Login required", "status": 401, "code": "login_required",
            "login": .string(settings.routes.login),
        ]
        return .json(status: 401, JSONWriter.text(body), type: "application/problem+json")
    }

    func makeCorrelationID() -> String { environment.makeCorrelationID() }
}

/// A hook threw. What it threw is the app's own and stays with the app.
struct HookError: Error {}
