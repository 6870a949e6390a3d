import Concurrency
import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// A logout request that passed all checks (RP-Initiated Logout §2).
    private struct LogoutRequest {
        let client: DevClient?
        let returnTo: EndpointURL?
        let state: String?
        /// The login that the id_token_hint belongs to, if this server issued it.
        let hint: IDTokenRecord?
        let fields: [FormField]
    }

    /// The end-session endpoint, GET and POST. It logs out at once with a hint of this login, and asks first otherwise.
    func logout(_ visit: Visit) -> DevResponse {
        do {
            let request = try logoutRequest(visit.parameters)
            let now = clock.now
            let session = state.withLock { $0.session(visit.sessionDigest, at: now) }
            guard let hint = request.hint, session.map({ $0.sid.hasSameOctets(as: hint.sid) }) ?? true else {
                return logoutPage(for: request, visit: visit)
            }
            return endLogin(sid: hint.sid, for: request)
        } catch {
            return messagePage(status: 400, title: "This logout request is faulty", words: error.words, turn: .operator)
        }
    }

    /// Takes the answer of the logout page.
    func confirmLogout(_ visit: Visit) -> DevResponse {
        let bindings = [visit.browser ?? "", visit.session ?? ""]
        guard visit.browser != nil, formToken.accepts(visit.form["csrf"], for: .logout, bindings: bindings),
            let request = try? logoutRequest(visit.form)
        else { return stalePage() }
        guard visit.form["action"] == "logout" else {
            return messagePage(status: 200, title: "You are still logged in", words: "Nothing has changed.", turn: nil)
        }
        let now = clock.now
        let session = state.withLock { $0.session(visit.sessionDigest, at: now) }
        return endLogin(sid: session?.sid, for: request)
    }

    private struct LogoutRequestError: Error {
        let words: String
    }

    private func logoutRequest(_ parameters: Parameters) throws(LogoutRequestError) -> LogoutRequest {
        guard !parameters.hasRepetition else { throw LogoutRequestError(words: "A parameter appears more than once.") }
        let hintText = parameters["id_token_hint"]
        let hint = hintText.flatMap { text in state.withLock { $0.idTokens[TokenDigest(text)] } }
        let client = try logoutClient(parameters["client_id"], hint: hint)
        let returnTo = try returnAddress(parameters["post_logout_redirect_uri"], of: client)
        let kept = [
            ("client_id", client?.id.text), ("post_logout_redirect_uri", returnTo?.text),
            ("state", parameters["state"]),
        ]
        return LogoutRequest(
            client: client, returnTo: returnTo, state: parameters["state"], hint: hint,
            fields: kept.compactMap { name, value in value.map { FormField(name: name, value: $0) } })
    }

    private func logoutClient(_ id: String?, hint: IDTokenRecord?) throws(LogoutRequestError) -> DevClient? {
        guard let id = id ?? hint?.clientID.text else { return nil }
        guard let client = clients.first(where: { $0.id.text.hasSameOctets(as: id) }) else {
            throw LogoutRequestError(words: "No app with the client_id “\(id.shown)” is registered.")
        }
        guard hint == nil || hint?.clientID == client.id else {
            throw LogoutRequestError(
                words: "The id_token_hint was issued to another app than the one that client_id names.")
        }
        return client
    }

    private func returnAddress(_ text: String?, of client: DevClient?) throws(LogoutRequestError) -> EndpointURL? {
        guard let text else { return nil }
        guard let client else {
            throw LogoutRequestError(words: "post_logout_redirect_uri needs a client_id or a known id_token_hint.")
        }
        guard let url = client.postLogoutRedirectURIs.first(where: { $0.text.hasSameOctets(as: text) }) else {
            throw LogoutRequestError(
                words:
                    "The post_logout_redirect_uri “\(text.shown)” is not registered for \(client.id). It must match octet for octet."
            )
        }
        return url
    }

    private func endLogin(sid: String?, for request: LogoutRequest) -> DevResponse {
        if let sid { state.withLock { $0.endSessions(sid: sid) } }
        let state = request.state.map { [FormField(name: "state", value: $0)] } ?? []
        let answer =
            request.returnTo.map { DevResponse.redirect(to: $0.addingQuery(state)) }
            ?? messagePage(
                status: 200, title: "You are logged out", words: "This browser's login here has ended.", turn: nil)
        return answer.settingCookie(cookieNames.session, to: "", maxAge: 0, secure: isSecure)
    }

    private func logoutPage(for request: LogoutRequest, visit: Visit) -> DevResponse {
        let browser = visit.browser ?? randomText()
        guard let token = formToken.text(for: .logout, bindings: [browser, visit.session ?? ""]) else {
            return stalePage()
        }
        let kept: [HTML] = request.fields.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" }
        let asker: HTML = request.client.map { "<p class=\"muted\">\($0.name) asks you to log out.</p>" } ?? ""
        let body: HTML = """
            <h1>Log out?</h1>
            \(asker)
            <form method="post" action="\(basePath)/logout" id="logout">
            <input type="hidden" name="csrf" value="\(token)">
            \(kept)
            <div class="buttons">
            <button type="submit" id="logout-yes" name="action" value="logout">Log out</button>
            <button type="submit" id="logout-no" class="second" name="action" value="stay">Stay logged in</button>
            </div>
            </form>
            """
        let targets = request.returnTo.map { [$0.origin] } ?? []
        return page(title: "Log out?", body: body, formTargets: targets)
            .settingCookie(cookieNames.browser, to: browser, secure: isSecure)
    }
}
