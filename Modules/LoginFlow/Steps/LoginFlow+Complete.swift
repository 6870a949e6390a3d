import APIClient
import AuthURL
import Concurrency
import OAuthTypes
import SessionStore

extension LoginFlow {
    /// Steps 5 to 8: the provider redirected the browser back, with a code or an error.
    func complete(_ request: BrowserRequest) async -> BrowserReply {
        guard [.get, .post].contains(request.method) else { return refuseMethod(of: request, on: .callback) }
        // A prefetched callback would use up the code for a page that the user may never open.
        guard !request.isPrefetch else { return BrowserReply(status: 503) }
        return await work.run {
            await self.environment.during(.callback, of: nil) { await self.completeInFull(request) }
        }
    }

    // Every step notes a fact that was open, so the loop ends.
    private func completeInFull(_ request: BrowserRequest) async -> BrowserReply {
        var arrival = await arrival(of: request)
        while true {
            switch arrival.facts.next {
            case .lookUpSession: await lookUpSession(&arrival)
            case .takeLease: await takeLease(&arrival)
            case .awaitAnswer: await awaitAnswer(&arrival)
            case .sendCode: await sendCode(&arrival)
            case .answer(let outcome): return await answer(arrival, with: outcome)
            }
        }
    }

    private func lookUpSession(_ arrival: inout ArrivedLogin) async {
        switch await findSession(in: arrival.request) {
        case .found: arrival.facts.session = .live
        case .none: arrival.facts.session = .none
        case .unavailable(let error):
            arrival.facts.session = .unavailable
            arrival.problem = .storeAway(error, correlationID: arrival.correlationID)
        }
    }

    private func takeLease(_ arrival: inout ArrivedLogin) async {
        arrival.facts.lease = .unavailable
        guard let open = arrival.open else { return }
        do {
            // Before the lease: while the provider cannot be reached, nothing is used up.
            let attempt = LoginAttempt(
                pending: open.pending, state: open.state, request: arrival.request,
                connection: try await provider.connection())
            arrival.open?.attempt = attempt
            arrival.open?.lease = try await takeCodeLease(for: attempt)
            arrival.facts.lease = arrival.open?.lease == nil ? .others : .ours
        } catch {
            arrival.problem = .completing(error, correlationID: arrival.correlationID)
        }
    }

    private func sendCode(_ arrival: inout ArrivedLogin) async {
        arrival.facts.exchange = .problem
        guard let open = arrival.open, let attempt = open.attempt, let lease = open.lease else { return }
        do {
            let grant = try open.pending.judge(open.response, at: now)
            recordReturn(of: open.pending)
            let session = try await beginSession(for: grant, in: attempt)
            let destination = await destination(of: open.pending)
            await settle(lease, with: .session(session, destination: destination), in: attempt)
            arrival.begun = (session, destination)
            arrival.facts.exchange = .session
        } catch {
            let problem = FlowProblem.completing(error, correlationID: arrival.correlationID)
            await end(lease, after: error, with: problem, in: attempt)
            arrival.problem = problem
        }
    }

    private func beginSession(
        for grant: consuming AuthorizationCodeGrant, in attempt: LoginAttempt
    ) async throws -> SessionTicket {
        let code = grant.code
        let tokens = try await requestTokens(for: grant, in: attempt)
        let idToken = try await verify(tokens, code: code, in: attempt)
        offlineAccess.learn(from: attempt.pending.traits, gotRefreshToken: tokens.refreshToken != nil, at: now)
        var login = await completedLogin(idToken, tokens: tokens, in: attempt)
        login.unverifiedUser = unverifiedUser(in: attempt.request)
        let additions = try await decide(login, correlationID: attempt.correlationID)
        return try await createSession(
            login, additions: additions, replacing: attempt.request, correlationID: attempt.correlationID)
    }
}

// Duplicates of a callback: a double click, a reload, a second tab.
extension LoginFlow {
    private static let waits: [Duration] =
        Array(repeating: .milliseconds(100), count: 10) + Array(repeating: .milliseconds(500), count: 24)

    private func awaitAnswer(_ arrival: inout ArrivedLogin) async {
        record("login.repeated", from: .browser, to: .webApp, correlationID: arrival.correlationID)
        arrival.facts.lease = .used
        guard let attempt = arrival.open?.attempt else { return }
        for wait in LoginFlow.waits {
            let answer: CodeLeaseAnswer
            do { answer = try await leases.outcome(for: attempt, at: now) } catch {
                arrival.facts.lease = .unavailable
                arrival.problem = .completing(error, correlationID: arrival.correlationID)
                return
            }
            guard case .pending = answer else { return arrival.note(answer) }
            await environment.sleeper.sleep(wait)
        }
    }
}

extension ArrivedLogin {
    fileprivate mutating func note(_ answer: CodeLeaseAnswer) {
        switch answer {
        case .settled(.session(let session, let destination)):
            begun = (session, destination)
            facts.lease = .ledToSession
        case .settled(.problem(let first)):
            problem = first
            facts.lease = .ledToProblem
        case .givenBack:
            problem = .loginInterrupted(correlationID: correlationID)
            facts.lease = .unavailable
        case .gone, .pending: facts.lease = .used
        }
    }
}
