import Concurrency
import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// The authorization endpoint, GET and POST (OpenID Connect Core §3.1.2.1).
    func authorize(_ visit: Visit) async -> DevResponse {
        let address: ReturnAddress
        do { address = try ReturnAddress(visit.parameters, clients: clients) } catch {
            return messagePage(status: 400, title: "This login request is faulty", error.words, turn: .operator)
        }
        do {
            let request = try AuthorizationRequest(
                visit.parameters, to: address, scopes: scopes, audience: apiAudience)
            return await enter(request, visit)
        } catch {
            return redirect(address, error.response)
        }
    }

    private func enter(_ request: AuthorizationRequest, _ visit: Visit) async -> DevResponse {
        let now = clock.now
        let id = randomText()
        let session = state.withLock { state in
            state.transactions[TokenDigest(id)] = Transaction(
                request: request, expiresAt: now.adding(seconds: lifetimes.page))
            return state.session(visit.sessionDigest, at: now).flatMap { fitting(request, $0, state, at: now) }
        }
        guard let session, let digest = visit.sessionDigest else {
            guard !request.contains(.none) else {
                return finish(id, request, .because("login_required", "nobody is logged in"))
            }
            return loginPage(id, request, visit)
        }
        return await proceed(id, request, as: session, digest)
    }

    private func fitting(
        _ request: AuthorizationRequest, _ session: Session, _ state: ServerState, at now: UnixTime
    ) -> Session? {
        guard request.accepts(session, at: now) else { return nil }
        guard let hint = request.idTokenHint else { return session }
        return state.idTokens[TokenDigest(hint)]?.subject == session.account.subject ? session : nil
    }

    /// After the login: rules, then consent, then the code.
    func proceed(
        _ id: String, _ request: AuthorizationRequest, as session: Session, _ digest: TokenDigest
    ) async -> DevResponse {
        do {
            let claims = try await ruleRunner.claims(for: login(request, of: session.account))
            return state.withLock { state -> DevResponse? in
                state.transactions[TokenDigest(id)]?.login = (digest, claims)
                guard state.hasConsent(of: session.account.subject, to: request), !request.contains(.consent) else {
                    return nil
                }
                return grantCode(id, request, session, claims, in: &state)
            } ?? askForConsent(id, request)
        } catch {
            // Whom a rule refuses can try another account.
            state.withLock { $0.sessions[digest] = nil }
            return finish(id, request, error.response)
        }
    }

    private func askForConsent(_ id: String, _ request: AuthorizationRequest) -> DevResponse {
        guard !request.contains(.none) else {
            return finish(id, request, .because("consent_required", "the user has not allowed this yet"))
        }
        return .redirect(to: "\(basePath)/consent?transaction=\(id)")
    }

    func login(_ request: AuthorizationRequest, of account: DevAccount) -> DevLogin {
        DevLogin(
            username: account.username, subject: account.subject, clientID: request.client.id, scope: request.scope)
    }

    /// Issues a code and remembers the answer, so that a second click on the same page gets the same one.
    func grantCode(
        _ id: String, _ request: AuthorizationRequest, _ session: Session, _ claims: JSONObject,
        in state: inout ServerState
    ) -> DevResponse {
        let code = randomText()
        let grant = Grant(
            clientID: request.client.id, account: session.account, scope: request.scope, audience: apiAudience,
            sid: session.sid, authTime: session.authTime, claims: claims)
        state.codes[TokenDigest(code)] = CodeRecord(
            grant: grant, redirectURI: request.redirectURI, codeChallenge: request.codeChallenge, nonce: request.nonce,
            expiresAt: clock.now.adding(seconds: lifetimes.code))
        let answer = location(request.address, [FormField(name: "code", value: code)])
        state.transactions[TokenDigest(id)]?.answer = answer
        return .redirect(to: answer)
    }

    /// Ends a request with an error at its client.
    func finish(_ id: String, _ request: AuthorizationRequest, _ error: OAuthErrorResponse) -> DevResponse {
        state.withLock { $0.transactions[TokenDigest(id)] = nil }
        return redirect(request.address, error)
    }

    func redirect(_ address: ReturnAddress, _ error: OAuthErrorResponse) -> DevResponse {
        let description = error.errorDescription.map { [FormField(name: "error_description", value: $0)] } ?? []
        return .redirect(to: location(address, [FormField(name: "error", value: error.error)] + description))
    }

    // RFC 9207 §2: every authorization response names its issuer, errors too.
    private func location(_ address: ReturnAddress, _ fields: [FormField]) -> String {
        let state = address.state.map { [FormField(name: "state", value: $0)] } ?? []
        return address.redirectURI.addingQuery(fields + state + [FormField(name: "iss", value: issuer.text)])
    }
}

extension AuthorizationRequest {
    var address: ReturnAddress { ReturnAddress(client: client, redirectURI: redirectURI, state: state) }
}
