import Concurrency
import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// The authorization endpoint, GET and POST (OpenID Connect Core §3.1.2.1).
    func authorize(_ visit: Visit) async -> DevResponse {
        do throws(AuthorizationRefusalError) {
            return await begin(try requested(visit.parameters), for: visit)
        } catch {
            switch error {
            case .page(let fault):
                return messagePage(
                    status: 400, title: "This login request is faulty", words: fault.words, turn: fault.turn)
            case .redirect(let address, let error): return response(to: address, error: error.response)
            }
        }
    }

    private func requested(_ parameters: Parameters) throws(AuthorizationRefusalError) -> AuthorizationRequest {
        let client: DevClient
        do { client = try self.client(in: parameters) } catch { throw .page(error) }
        guard let uri = parameters["request_uri"], uri.hasPrefix(Self.requestURIPrefix) else {
            return try authorizationRequest(parameters, of: client, isPushed: false)
        }
        // RFC 9126 §4: what was pushed counts, and nothing beside it.
        do { return try takePushedRequest(uri, of: client) } catch { throw .page(error) }
    }

    private func client(in parameters: Parameters) throws(AuthorizationPageError) -> DevClient {
        guard !parameters.isRepeated("client_id") else { throw .repeatedParameter("client_id") }
        guard let text = parameters["client_id"] else { throw .missingClient }
        guard let client = clients.first(where: { $0.id.text.hasSameOctets(as: text) }) else {
            throw .unknownClient(text)
        }
        return client
    }

    /// Checks the parameters of a request, or those of the request object among them, which then count alone (RFC 9101
    /// §6.3).
    func authorizationRequest(
        _ outer: Parameters, of client: DevClient, isPushed: Bool
    ) throws(AuthorizationRefusalError) -> AuthorizationRequest {
        let object = try requestObject(in: outer, of: client)
        let parameters = object?.parameters ?? outer
        let address: ReturnAddress
        do { address = try ReturnAddress(parameters, of: client) } catch { throw .page(error) }
        do throws(AuthorizationRequestError) {
            guard object != nil || !client.requiresSignedRequest else {
                throw .refused("invalid_request", because: "the app has to sign its requests")
            }
            guard isPushed || !client.requiresPushedRequest else {
                throw .refused("invalid_request", because: "the app has to push its requests")
            }
            return try AuthorizationRequest(parameters, to: address, scopes: scopes, audience: apiAudience)
        } catch {
            throw .redirect(address, error)
        }
    }

    private func requestObject(
        in outer: Parameters, of client: DevClient
    ) throws(AuthorizationRefusalError) -> RequestObject? {
        guard let text = outer["request"] else { return nil }
        do {
            return try RequestObject(
                text, expecting: RequestObject.Expectations(client: client, issuer: issuer, now: clock.now))
        } catch {
            // Nothing in it counts, so only the parameters beside it can say where the error goes.
            guard let address = try? ReturnAddress(outer, of: client) else {
                throw .page(.unreadableRequest(error.response, client))
            }
            throw .redirect(address, error)
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
            guard request.contains(.none) else { return loginPage(for: pending, visit: visit) }
            return finish(pending, with: .refused("login_required", because: "the user is not logged in"))
        }
        guard !request.contains(.none) || !isForAnotherAccount(request, than: login) else {
            let reason = "another account than the one of login_hint is logged in"
            return finish(pending, with: .refused("account_selection_required", because: reason))
        }
        return await proceed(with: pending, as: login)
    }

    private func isForAnotherAccount(_ request: AuthorizationRequest, than login: BrowserLogin) -> Bool {
        guard let hint = request.loginHint else { return false }
        let named = accounts.first { $0.username.hasSameOctets(as: hint) || $0.email.hasSameOctets(as: hint) }
        return named.map { $0.subject != login.session.account.subject } ?? false
    }

    /// After the login: rules, then consent, then the code.
    func proceed(with pending: PendingRequest, as login: BrowserLogin) async -> DevResponse {
        let account = login.session.account
        do {
            let verdict = try await ruleRunner.verdict(on: devLogin(of: login.session, to: pending.request))
            return state.withLock { state -> DevResponse? in
                state.transactions[pending.digest]?.login = (login.digest, verdict.claims)
                // What is asked for in detail is for this once (RFC 9396 §7).
                guard state.hasConsent(of: account.subject, to: pending.request), !pending.request.contains(.consent),
                    pending.request.details == .none, !verdict.asksUser
                else { return nil }
                let request = AuthenticatedRequest(
                    pending: pending, session: login.session, claims: verdict.claims, granted: pending.request.scope)
                return grantCode(for: request, in: &state)
            } ?? askForConsent(pending, because: verdict.asksUser ? "interaction_required" : "consent_required")
        } catch {
            // A user whom a rule refuses can try another account.
            state.withLock { $0.sessions[login.digest] = nil }
            return finish(pending, with: error.response)
        }
    }

    private func askForConsent(_ pending: PendingRequest, because error: String) -> DevResponse {
        guard !pending.request.contains(.none) else {
            return finish(pending, with: .refused(error, because: "the user has not allowed this yet"))
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
            audiences: request.audiences, details: request.details, organization: request.organization,
            sid: session.sid, authTime: session.authTime, claims: authenticated.claims)
        state.codes[TokenDigest(code)] = CodeRecord(
            grant: grant, redirectURI: request.redirectURI, codeChallenge: request.codeChallenge, nonce: request.nonce,
            expiresAt: clock.now.adding(seconds: lifetimes.code.components.seconds))
        let answer = response(to: request.address, code: code)
        state.transactions[authenticated.pending.digest]?.answer = answer
        return answer
    }

    /// Ends a request with an error at its client.
    func finish(_ pending: PendingRequest, with error: OAuthErrorResponse) -> DevResponse {
        state.withLock { $0.transactions[pending.digest] = nil }
        return response(to: pending.request.address, error: error)
    }
}

extension AuthorizationRequest {
    fileprivate var address: ReturnAddress {
        ReturnAddress(client: client, redirectURI: redirectURI, state: state, mode: mode)
    }
}
