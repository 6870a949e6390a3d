import AuthURL
import OAuthTypes
import SessionStore
import TokenExchange

// The lease of a login's code: taken before it is sent, settled with the outcome, or released if nothing was sent.
extension LoginFlow {
    func claim(
        _ pending: PendingLogin, state: String, for request: BrowserRequest
    ) async throws -> CodeLeases.Won? {
        do { return try await claims.take(pending, state: state, from: request.client, at: now) } catch let refusal
            as CodeLeaseError
        {
            throw FlowProblem.tooManyLogins(refusal, pending.correlationID)
        }
    }

    func settle(_ claim: CodeLeases.Won, _ outcome: CodeLeaseOutcome, _ pending: PendingLogin) async {
        guard await !claims.settle(claim, outcome, at: now) else { return }
        record("login.answer_lost", from: .webApp, to: .webApp, pending.correlationID)
    }

    /// Ends the lease of a login that failed. If the provider has not seen the code, the same callback may still
    /// complete the login: the lease is released.
    func conclude(
        _ claim: CodeLeases.Won, _ error: any Error, _ problem: FlowProblem, _ pending: PendingLogin
    ) async {
        guard LoginFlow.nothingWasSent(error) else { return await settle(claim, .problem(problem), pending) }
        await claims.giveBack(claim, at: now)
    }

    private static func nothingWasSent(_ error: any Error) -> Bool {
        switch error as? TokenEndpointError {
        case .transport(let failure): failure.sent == .nothing
        case .grantMismatch, .endpointUnknown, .authenticationFailed: true
        default: false
        }
    }
}

extension FlowProblem {
    fileprivate static func tooManyLogins(_ refusal: CodeLeaseError, _ correlationID: String) -> FlowProblem {
        let diagnosis =
            switch refusal {
            case .full: "login claims are taken up by callbacks of the last minute, most of which failed"
            case .client: "this client has taken its share of login claims in the last minute"
            }
        return FlowProblem(
            status: 503, code: "too_many_logins", title: "There are too many logins just now",
            detail: "Please wait a minute and load this page again; your login goes on then.", turn: .wait,
            diagnosis: diagnosis, correlationID: correlationID)
    }

    /// For a duplicate of a callback whose lease was released.
    static func loginInterrupted(_ correlationID: String) -> FlowProblem {
        FlowProblem(
            .providerAway, code: "login_interrupted",
            diagnosis: "the callback that came first could not send its code and gave the login back", correlationID)
    }
}
