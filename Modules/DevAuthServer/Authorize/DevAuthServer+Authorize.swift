import Concurrency
import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// The authorization endpoint, GET and POST (OpenID Connect Core §3.1.2.1).
    func authorize(_ visit: Visit) async -> DevResponse {
        let address: ReturnAddress
        do { address = try ReturnAddress(visit.parameters, clients: clients) } catch {
            return messagePage(
                status: 400, title: "This login request is faulty", words: error.words, turn: .operator)
        }
        do {
            let request = try AuthorizationRequest(
                visit.parameters, to: address, scopes: scopes, audience: apiAudience)
            return await begin(request, for: visit)
        } catch {
            return redirect(to: address, with: error.response)
        }
    }

    private func begin(_ request: AuthorizationRequest, for visit: Visit) async -> DevResponse {
        let now = clock.now
        let pending = PendingRequest(id: randomText(), request: request)
        let login = state.withLock { state in
            state.transactions[pending.digest] = Transaction(
                request: request, expiresAt: now.adding(seconds: lifetimes.page.components.seconds))
            return state.login(visit.sessionDigest, answering: request, at: now)
        }
        guard let login else {
            guard !request.contains(.none) else {
                return finish(pending, with: .refused("login_required", because: "the user is not logged in"))
            }
            return loginPage(for: pending, visit: visit)
        }
        return await proceed(with: pending, as: login)
    }

    /// After the login: rules, then consent, then the code.
    func proceed(with pending: PendingRequest, as login: BrowserLogin) async -> DevResponse {
        let account = login.session.account
        do {
            let claims = try await ruleRunner.claims(for: devLogin(of: login.session, to: pending.request))
            return state.withLock { state -> DevResponse? in
                state.transactions[pending.digest]?.login = (login.digest, claims)
                guard state.hasConsent(of: account.subject, to: pending.request), !pending.request.contains(.consent)
                else { return nil }
                let request = AuthenticatedRequest(
                    pending: pending, session: login.session, claims: claims, granted: pending.request.scope)
                return grantCode(for: request, in: &state)
            } ?? askForConsent(pending)
        } catch {
            // A user whom a rule refuses can try another account.
            state.withLock { $0.sessions[login.digest] = nil }
            return finish(pending, with: error.response)
        }
    }

    private func askForConsent(_ pending: PendingRequest) -> DevResponse {
        guard !pending.request.contains(.none) else {
            return finish(
                pending, with: .refused("consent_required", because: "the user has not allowed this yet"))
        }
        return .redirect(to: "\(basePath)/consent?transaction=\(pending.id)")
    }

    private func devLogin(of session: Session, to request: AuthorizationRequest) -> DevLogin {
        DevLogin(
            username: session.account.username, subject: session.account.subject, option: session.option,
            clientID: request.client.id, scope: request.scope)
    }

    /// Issues a code and remembers the answer, so that a second click on the same page gets the same one.
    func grantCode(for authenticated: AuthenticatedRequest, in state: inout ServerState) -> DevResponse {
        let (request, session) = (authenticated.pending.request, authenticated.session)
        let code = randomText()
        let grant = Grant(
            clientID: request.client.id, account: session.account, option: session.option, scope: authenticated.granted,
            audience: request.audience,
            sid: session.sid, authTime: session.authTime, claims: authenticated.claims)
        state.codes[TokenDigest(code)] = CodeRecord(
            grant: grant, redirectURI: request.redirectURI, codeChallenge: request.codeChallenge, nonce: request.nonce,
            expiresAt: clock.now.adding(seconds: lifetimes.code.components.seconds))
        let answer = location(request.address, adding: [FormField(name: "code", value: code)])
        state.transactions[authenticated.pending.digest]?.answer = answer
        return .redirect(to: answer)
    }

    /// Ends a request with an error at its client.
    func finish(_ pending: PendingRequest, with error: OAuthErrorResponse) -> DevResponse {
        state.withLock { $0.transactions[pending.digest] = nil }
        return redirect(to: pending.request.address, with: error)
    }

    private func redirect(to address: ReturnAddress, with error: OAuthErrorResponse) -> DevResponse {
        let description = error.errorDescription.map { [FormField(name: "error_description", value: $0)] } ?? []
        return .redirect(
            to: location(address, adding: [FormField(name: "error", value: error.error)] + description))
    }

    // RFC 9207 §2: every authorization response names its issuer, errors too.
    private func location(_ address: ReturnAddress, adding fields: [FormField]) -> String {
        let state = address.state.map { [FormField(name: "state", value: $0)] } ?? []
        return address.redirectURI.addingQuery(fields + state + [FormField(name: "iss", value: issuer.text)])
    }
}

extension AuthorizationRequest {
    fileprivate var address: ReturnAddress { ReturnAddress(client: client, redirectURI: redirectURI, state: state) }
}
