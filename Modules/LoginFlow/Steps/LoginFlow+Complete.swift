import APIClient
import AuthURL
import Concurrency
import OAuthTypes
import SessionStore
import WireFormats

extension LoginFlow {
    /// Steps 5 to 8: the provider redirected the browser back with a code.
    func complete(_ request: BrowserRequest) async -> BrowserReply {
        guard [.get, .post].contains(request.method) else { return refuseMethod(of: request, on: .callback) }
        // A prefetched callback would use up the code for a page that the user may never open.
        guard !request.isPrefetch else { return BrowserReply(status: 503) }
        return await work.run {
            await self.environment.during(.callback, of: nil) { await self.completeInFull(request) }
        }
    }

    private func completeInFull(_ request: BrowserRequest) async -> BrowserReply {
        let arrived: ArrivedResponse
        let response: AuthorizationResponse
        do {
            arrived = try ArrivedResponse(request)
            response = try await read(arrived)
        } catch {
            return refuse(request, with: .unreadable(error, correlationID: makeCorrelationID()))
        }
        guard let state = response.state else { return refuseWithoutState(response, to: request) }
        guard let pending = openPending(state: state, in: request) else {
            if let fields = arrived.repeatable { return repost(fields) }
            return await unknownLogin(request)
        }
        record(arrived.deviations(from: pending.login), correlationID: pending.login.correlationID)
        let ended = ReplyFields([cookies.expired(pending.cookie)].compactMap(\.self))
        do {
            let counted = [loopCookie(after: request)].compactMap(\.self)
            return try await completeOnce(response, of: pending.login, state: state, request: request)
                .adding(ReplyFields(ended.fields + counted))
        } catch let error as AuthorizationResponseValidationError {
            return await answer(error, of: response, to: pending.login, request: request, ended: ended)
        } catch {
            let problem = FlowProblem.completing(error, correlationID: pending.login.correlationID)
            // Where waiting helps, the same callback may still complete the login: the cookie stays.
            return refuse(request, with: problem).adding(problem.turn == .wait ? ReplyFields() : ended)
        }
    }

    private func openPending(state: String, in request: BrowserRequest) -> (login: PendingLogin, cookie: String)? {
        guard let cookie = cookies.pending(tag: PendingLogin.cookieTag(forState: state), in: request),
            let sealed = Base64URL.decode(cookie.value),
            let octets = pendingSealer.open(sealed, context: Array(cookie.name.utf8)),
            let login = PendingLogin(
                decoding: octets, issuer: settings.issuer, clientID: settings.clientID, redirectURI: redirectURI)
        else { return nil }
        return (login, cookie.name)
    }

    /// A callback whose login this browser did not begin, or has finished: a user who is logged in goes on, others
    /// start again.
    private func unknownLogin(_ request: BrowserRequest) async -> BrowserReply {
        let correlationID = makeCorrelationID()
        switch await findSession(in: request) {
        case .found:
            record("login.repeated", from: .browser, to: .webApp, correlationID: correlationID)
            return .redirect(to: ReturnPath.root.text)
        case .unavailable(let error): return refuse(request, with: .storeAway(error, correlationID: correlationID))
        case .none:
            let problem = FlowProblem(
                .startAgain, code: "callback_unknown_login",
                diagnosis: "no pending login of this browser has that state", correlationID: correlationID)
            return refuse(request, with: problem)
        }
    }

    private func completeOnce(
        _ response: AuthorizationResponse, of pending: PendingLogin, state: String, request: BrowserRequest
    ) async throws -> BrowserReply {
        let grant = try pending.judge(response, at: now)
        // Before the lease: while the provider cannot be reached, nothing is used up.
        let attempt = LoginAttempt(
            pending: pending, state: state, request: request, connection: try await provider.connection())
        guard let lease = try await takeCodeLease(for: attempt) else { return try await repeatAnswer(to: attempt) }
        recordReturn(of: pending)
        do {
            let session = try await beginSession(for: grant, in: attempt)
            let destination = await destination(of: pending)
            await settle(lease, with: .session(session, destination: destination), in: attempt)
            return redirect(to: destination, with: session, replacing: request)
        } catch {
            let problem = FlowProblem.completing(error, correlationID: pending.correlationID)
            await end(lease, after: error, with: problem, in: attempt)
            throw problem
        }
    }

    private func beginSession(
        for grant: consuming AuthorizationCodeGrant, in attempt: LoginAttempt
    ) async throws -> SessionTicket {
        let code = grant.code
        let tokens = try await requestTokens(for: grant, in: attempt)
        let idToken = try await verify(tokens, code: code, in: attempt)
        offlineAccess.learn(from: attempt.pending.traits, gotRefreshToken: tokens.refreshToken != nil, at: now)
        let login = await completedLogin(idToken, tokens: tokens, in: attempt)
        let additions = try await decide(login, correlationID: attempt.correlationID)
        return try await createSession(
            login, additions: additions, replacing: attempt.request, correlationID: attempt.correlationID)
    }

    private func redirect(
        to destination: String, with session: SessionTicket, replacing request: BrowserRequest
    ) -> BrowserReply {
        var reply = BrowserReply.redirect(to: destination)
        reply.fields += cookies.sessionFields(session, at: now, replacing: request)
        return reply
    }
}

// Duplicates of a callback: a double click, a reload, a second tab.
extension LoginFlow {
    private static let waits: [Duration] =
        Array(repeating: .milliseconds(100), count: 10) + Array(repeating: .milliseconds(500), count: 24)

    private func repeatAnswer(to attempt: LoginAttempt) async throws -> BrowserReply {
        record("login.repeated", from: .browser, to: .webApp, correlationID: attempt.correlationID)
        for wait in LoginFlow.waits {
            switch try await leases.outcome(for: attempt, at: now) {
            case .settled(.session(let session, let destination)):
                return redirect(to: destination, with: session, replacing: attempt.request)
            case .settled(.problem(let problem)): throw problem
            case .gone: throw usedUp(attempt)
            case .givenBack: throw FlowProblem.loginInterrupted(correlationID: attempt.correlationID)
            case .pending: await environment.sleeper.sleep(wait)
            }
        }
        throw usedUp(attempt)
    }

    private func usedUp(_ attempt: LoginAttempt) -> FlowProblem {
        FlowProblem(
            .startAgain, code: "callback_used", diagnosis: "this login's code was sent before",
            correlationID: attempt.correlationID)
    }
}
