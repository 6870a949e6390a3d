import AuthURL
import OAuthTypes
import SessionStore
import WireFormats

extension LoginFlow {
    /// Steps 1 and 2: the user clicks Login, the browser is redirected to the provider.
    func begin(_ request: BrowserRequest) async -> BrowserReply {
        guard request.method == .get else { return refuseMethod(of: request, on: .login) }
        guard request.mayBeNavigation else { return loginNeeded() }
        let wish = LoginWish(choices: LoginOption.choices(of: settings.loginOptions, in: request.query))
        return await startLogin(request, returningTo: returnPath(asked: request), wanting: wish)
    }

    func startLogin(
        _ request: BrowserRequest, returningTo returnPath: ReturnPath, retry: LoginRetry? = nil,
        wanting wish: LoginWish = LoginWish()
    ) async -> BrowserReply {
        do { return try await beginLogin(request, returningTo: returnPath, retry: retry, wanting: wish) } catch {
            return refuse(request, with: error)
        }
    }

    /// As ``startLogin(_:returningTo:retry:wanting:)``, which answers a failure by its page.
    func beginLogin(
        _ request: BrowserRequest, returningTo returnPath: ReturnPath, retry: LoginRetry?, wanting wish: LoginWish
    ) async throws(FlowProblem) -> BrowserReply {
        let correlationID = retry?.first.correlationID ?? makeCorrelationID()
        return try await environment.during(.begin, of: correlationID) { () async throws(FlowProblem) -> BrowserReply in
            try await redirectedToLogin(
                LoginVisit(request: request, returnPath: returnPath), retry: retry, wish: wish,
                correlationID: correlationID)
        }
    }

    private func redirectedToLogin(
        _ visit: LoginVisit, retry: LoginRetry?, wish: LoginWish, correlationID: String
    ) async throws(FlowProblem) -> BrowserReply {
        guard returns.take(visit.returnPath) else { throw .returnPathTooLong(correlationID: correlationID) }
        do {
            let started = try await prepareLogin(visit, retry: retry, wish: wish, correlationID: correlationID)
            await keep(visit.returnPath, of: started.pending)
            return try redirectToProvider(started, request: visit.request)
        } catch {
            throw .starting(error, correlationID: correlationID)
        }
    }

    private func prepareLogin(
        _ visit: LoginVisit, retry: LoginRetry?, wish: LoginWish, correlationID: String
    ) async throws -> StartedLogin {
        record(
            "login.requested", step: .loginRequested, from: .browser, to: .webApp, correlationID: correlationID,
            details: [
                .init("path", shown(visit.request.target)), .init("returnTo", shown(visit.returnPath.text)),
            ])
        watchCredential()
        let connection = try await provider.connection()
        if let error = connection.unsupported { throw error }
        let authorization = try await authorizationRequest(
            for: visit, retry: retry, wish: wish, at: connection.metadata)
        let started = try PendingLogin.prepare(
            authorization, at: connection.metadata, returningTo: returns.inCookie(visit.returnPath),
            correlationID: correlationID,
            random: environment.random, now: now)
        return try await send(started, over: connection)
    }

    private func authorizationRequest(
        for visit: LoginVisit, retry: LoginRetry?, wish: LoginWish, at metadata: ProviderMetadata
    ) async throws -> AuthorizationRequest {
        var authorization = AuthorizationRequest(
            clientID: settings.clientID, redirectURI: redirectURI, scope: try scope(offeredBy: metadata))
        authorization.audience = settings.audience
        authorization.prompt = settings.prompt
        authorization.resources = settings.resources
        authorization.maxAge = settings.maxAge
        authorization.acrValues = settings.acrValues
        authorization.responseMode = settings.responseMode
        try settings.rules.apply(
            to: &authorization, keepsRefreshTokens: storedSessions != nil, access: settings.offlineAccess)
        authorization.propose(wish)
        do { try await environment.hooks.prepare(&authorization, for: visit) } catch { throw HookError() }
        if settings.deviations.leavesOutNonceAndPKCE { authorization.circumstances = [.withoutPKCE, .withoutNonce] }
        try authorization.settle(wish)
        if let retry { authorization.keepRequirements(of: retry) }
        let access = retry?.reason == .offlineAccess ? .never : settings.offlineAccess
        authorization.askForOfflineAccess(access, way: offlineAccess.way(at: now))
        return authorization
    }

    // A query may hold private things, and what is no plain path may hold anything.
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
        return path.avoiding(settings.ownedPaths)
    }

    /// 401 with the address of the login, for clients that cannot follow a redirect to a page.
    func loginNeeded() -> BrowserReply {
        let body: JSONObject = [
            "type": "about:blank", "title": "Login required", "status": 401, "code": "login_required",
            "login": .string(settings.routes.login),
        ]
        return .json(JSONWriter.text(body), status: 401, type: "application/problem+json")
    }

    func makeCorrelationID() -> String { environment.makeCorrelationID() }
}

// The way to the provider.
extension LoginFlow {
    private func redirectToProvider(_ started: StartedLogin, request: BrowserRequest) throws -> BrowserReply {
        let tag = PendingLogin.cookieTag(forState: started.state)
        let name = cookies.pendingName(tag: tag, createdAt: started.pending.createdAt)
        let sealed = try pendingSealer.seal(started.pending.encoded(), context: Array(name.utf8))
        guard
            let cookie = cookies.field(
                name, value: Base64URL.encode(sealed), maxAge: PendingLogin.lifetime.wholeSeconds)
        else {
            throw AuthorizationRequestError.tooLong
        }
        record(
            "login.redirected", step: .redirectedToProvider, from: .webApp, to: .browser,
            correlationID: started.pending.correlationID,
            details: [.init("endpoint", started.pending.issuer.text)] + started.shownParameters)
        return reply(with: started, cookie: cookie, to: request)
    }

    /// Sends the browser to the provider with its pending login: by a redirect, or by a form where the head would grow
    /// too long. Old pending logins are expired as far as there is room.
    private func reply(with started: StartedLogin, cookie: HeaderField, to request: BrowserRequest) -> BrowserReply {
        let redirect = BrowserReply.redirect(to: started.url.exposedText)
        var reply =
            redirect.fits(beside: privateFields + [cookie])
            ? redirect : page(.providerForm(ProviderForm(started)), status: 200)
        let room = reply.headRoom(beside: privateFields + [cookie])
        reply.fields += cookies.evictions(for: cookie, in: request, room: room) + [cookie]
        return reply
    }
}

/// A hook threw. What it threw is the app's own and stays with the app.
struct HookError: Error {}
