import APIClient
import AuthURL
import Concurrency
import OAuthTypes
import SessionStore
import WireFormats

extension LoginFlow {
    /// Steps 5 to 8: the provider redirected the browser back with a code.
    func complete(_ request: BrowserRequest) async -> BrowserReply {
        guard request.method == .get else { return misdirected(request, to: .callback) }
        // A prefetched callback would use up the code for a page that is never shown.
        guard !request.isPrefetch else { return BrowserReply(status: 503) }
        return await work.run { await self.completeInFull(request) }
    }

    private func completeInFull(_ request: BrowserRequest) async -> BrowserReply {
        let callback: AuthorizationResponse
        do { callback = try AuthorizationResponse(query: String(request.query)) } catch {
            return refuse(request, .callback(error, makeCorrelationID()))
        }
        guard let state = callback.state else { return refuseStranger(callback, request) }
        guard let pending = openPending(state: state, in: request) else { return await strangeCallback(request) }
        let ended = ReplyFields([cookies.expired(pending.cookie)].compactMap(\.self))
        do {
            let counted = [circleCookie(after: request)].compactMap(\.self)
            return try await redeemOnce(callback, pending.login, state: state, request)
                .adding(ReplyFields(ended.fields + counted))
        } catch let refusal as AuthorizationResponseValidationError {
            return await answer(refusal, of: callback, pending.login, request, ended: ended)
        } catch {
            let problem = FlowProblem.completing(error, pending.login.correlationID)
            // If waiting helps, the same callback may still complete the login: the cookie stays.
            return refuse(request, problem).adding(problem.turn == .wait ? ReplyFields() : ended)
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

    /// A callback whose login this browser did not start, or has finished: a logged-in user goes on, others start
    /// again.
    private func strangeCallback(_ request: BrowserRequest) async -> BrowserReply {
        let correlationID = makeCorrelationID()
        switch await findSession(in: request) {
        case .found:
            record("login.repeated", from: .browser, to: .webApp, correlationID)
            return .redirect(to: ReturnPath.root.text)
        case .unavailable(let error): return refuse(request, .storeAway(error, correlationID))
        case .none:
            let diagnosis = "no pending login of this browser has that state"
            return refuse(
                request, FlowProblem(.startAgain, code: "callback_unknown_login", diagnosis: diagnosis, correlationID))
        }
    }

    private func redeemOnce(
        _ callback: AuthorizationResponse, _ pending: PendingLogin, state: String, _ request: BrowserRequest
    ) async throws -> BrowserReply {
        let grant = try pending.judge(callback, at: now)
        // Before the lease: while the provider is unreachable, nothing is used up.
        let connection = try await provider.connection()
        guard let claim = try await claim(pending, state: state, for: request) else {
            return try await repeatAnswer(pending, state: state, request)
        }
        recordReturn(pending)
        do {
            let session = try await redeem(grant, pending, at: connection, request)
            let destination = await destination(of: pending)
            await settle(claim, .session(session, destination: destination), pending)
            return welcome(session, to: destination, request)
        } catch {
            let problem = FlowProblem.completing(error, pending.correlationID)
            await conclude(claim, error, problem, pending)
            throw problem
        }
    }

    private func redeem(
        _ grant: consuming AuthorizationCodeGrant, _ pending: PendingLogin, at connection: Provider.Connection,
        _ request: BrowserRequest
    ) async throws -> SessionTicket {
        let code = grant.code
        let tokens = try await exchange(grant, at: connection, pending)
        let idToken = try await verify(tokens, code: code, pending, at: connection)
        offlineAccess.learn(from: pending.traits, gotRefreshToken: tokens.refreshToken != nil, at: now)
        let login = await completedLogin(idToken, tokens, pending, at: connection)
        let additions = try await decide(login, pending)
        return try await createSession(login, additions: additions, pending, request)
    }

    private func welcome(_ session: SessionTicket, to destination: String, _ request: BrowserRequest) -> BrowserReply {
        var reply = BrowserReply.redirect(to: destination)
        reply.fields += cookies.sessionFields(session, at: now, replacing: request)
        return reply
    }
}

// Duplicates of a callback: a double click, a reload, a second tab.
extension LoginFlow {
    private static let waits: [Duration] =
        Array(repeating: .milliseconds(100), count: 10) + Array(repeating: .milliseconds(500), count: 24)

    private func repeatAnswer(
        _ pending: PendingLogin, state: String, _ request: BrowserRequest
    ) async throws -> BrowserReply {
        record("login.repeated", from: .browser, to: .webApp, pending.correlationID)
        for wait in LoginFlow.waits {
            switch try await claims.outcome(pending, state: state, at: now) {
            case .settled(.session(let session, let destination)): return welcome(session, to: destination, request)
            case .settled(.problem(let problem)): throw problem
            case .gone: throw usedUp(pending)
            case .givenBack: throw FlowProblem.loginInterrupted(pending.correlationID)
            case .pending: await environment.sleeper.sleep(wait)
            }
        }
        throw usedUp(pending)
    }

    private func usedUp(_ pending: PendingLogin) -> FlowProblem {
        FlowProblem(
            .startAgain, code: "callback_used", diagnosis: "this login's code was sent before", pending.correlationID)
    }
}
