import AuthURL
import OAuthTypes
import SessionStore
import WireFormats

/// An authorization response on its way to its outcome: what is known of it, and what the answer is made of.
struct ArrivedLogin: Sendable {
    let request: BrowserRequest
    var facts: ResponseFacts
    /// Names it in events.
    var correlationID: String
    /// What the page says if it comes to that.
    var problem: FlowProblem?
    /// The fields that a page may post again.
    var repeatable: [FormField]?
    /// The login that it belongs to, while that is in progress.
    var open: Open?
    /// The cookie of a login that has ended by then.
    var cookie: String?
    /// The page that was asked for, as far as the cookie holds it.
    var returnPath: ReturnPath?
    /// The session that begins or began, and where it leads.
    var begun: (ticket: SessionTicket, destination: String)?

    /// A response whose login is in progress.
    struct Open: Sendable {
        let pending: PendingLogin
        let state: String
        let response: AuthorizationResponse
        /// Why a new login would do without what ended this one.
        var retry: LoginRetry.Reason?
        var attempt: LoginAttempt?
        var lease: CodeLease?
    }

    init(_ login: ResponseFacts.Login, _ request: BrowserRequest, problem: FlowProblem) {
        self.request = request
        self.problem = problem
        correlationID = problem.correlationID
        facts = ResponseFacts(login)
    }
}

extension LoginFlow {
    /// What the request alone says about the response.
    func arrival(of request: BrowserRequest) async -> ArrivedLogin {
        let id = makeCorrelationID()
        let arrived: ArrivedResponse
        let response: AuthorizationResponse
        let deviations: [ProviderDeviation]
        do {
            arrived = try ArrivedResponse(request)
            // A browser without any login here has no use for what a signed response says: nothing is fetched or verified for it.
            guard !arrived.content.isSigned || cookies.hasPending(request) else {
                return unknown(arrived, in: request, correlationID: id)
            }
            (response, deviations) = try await read(arrived)
        } catch {
            return ArrivedLogin(.unreadable, request, problem: .unreadable(error, correlationID: id))
        }
        guard let state = response.state else {
            let problem = problemWithoutState(response, correlationID: id)
            return ArrivedLogin(.unnamed(hasError: response.error != nil), request, problem: problem)
        }
        guard let cookie = cookies.pending(tag: PendingLogin.cookieTag(forState: state), in: request) else {
            return unknown(arrived, in: request, correlationID: id)
        }
        if let pending = open(cookie.value, name: cookie.name) {
            record(deviations + arrived.deviations(from: pending), correlationID: pending.correlationID)
            let open = ArrivedLogin.Open(pending: pending, state: state, response: response)
            return arrival(of: open, in: request, cookie: cookie.name)
        }
        guard let ended = EndedLogin(opening: cookie.value, by: pendingSealer, for: cookie.name) else {
            return unknown(arrived, in: request, correlationID: id)
        }
        var arrival = ArrivedLogin(.ended, request, problem: .usedUp("it has ended in this browser", correlationID: id))
        arrival.returnPath = ended.returnPath
        return arrival
    }

    private func open(_ value: String, name: String) -> PendingLogin? {
        guard !EndedLogin.isOne(value), let sealed = Base64URL.decode(value),
            let octets = pendingSealer.open(sealed, context: Array(name.utf8))
        else { return nil }
        return PendingLogin(
            decoding: octets, issuer: settings.issuer, clientID: settings.clientID, redirectURI: redirectURI)
    }

    private func unknown(
        _ arrived: ArrivedResponse, in request: BrowserRequest, correlationID: String
    ) -> ArrivedLogin {
        let problem = FlowProblem(
            .startAgain, code: "callback_unknown_login",
            diagnosis: "no pending login of this browser has that state", correlationID: correlationID)
        var arrival = ArrivedLogin(
            .unknown(mayBePostedAgain: arrived.repeatable != nil), request, problem: problem)
        arrival.repeatable = arrived.repeatable
        return arrival
    }

    private func arrival(
        of response: ArrivedLogin.Open, in request: BrowserRequest, cookie: String
    ) -> ArrivedLogin {
        let (pending, id) = (response.pending, response.pending.correlationID)
        var open = response
        var problem = FlowProblem.usedUp("its code was sent before", correlationID: id)
        var content = ResponseFacts.Content.code
        do { _ = try pending.judge(open.response, at: now) } catch {
            if case .provider = error { record(open.response.deviations, correlationID: id) }
            open.retry = LoginRetry.Reason(error, traits: pending.traits)
            content = open.retry.map { $0 == .late ? .late : .stale } ?? .refused
            problem = .callback(error, correlationID: id)
        }
        var arrival = ArrivedLogin(.open(content), request, problem: problem)
        arrival.facts.beginning = ResponseFacts.Beginning(pending.traits)
        arrival.open = open
        arrival.cookie = cookie
        arrival.returnPath = returns.page(of: pending)
        return arrival
    }
}

extension ResponseFacts.Beginning {
    init(_ traits: LoginTraits) {
        self = traits.contains(.silent) ? .silent : traits.contains(.retried) ? .again : .asked
    }
}

extension FlowProblem {
    static func usedUp(_ diagnosis: String, correlationID: String) -> FlowProblem {
        FlowProblem(
            .startAgain, code: "callback_used", diagnosis: "the login cannot be repeated: \(diagnosis)",
            correlationID: correlationID)
    }
}
