import AuthURL
import OAuthTypes
import SessionStore
import TokenExchange

// The lease of a login's code: taken before the code is sent, settled with the outcome, or returned when nothing was sent.
extension LoginFlow {
    /// Takes the lease; nil when another request has it.
    func takeCodeLease(for attempt: LoginAttempt) async throws -> CodeLease? {
        do { return try await leases.take(for: attempt, at: now) } catch let error as CodeLeaseError {
            throw FlowProblem.tooManyLogins(error, correlationID: attempt.correlationID)
        }
    }

    func settle(_ lease: CodeLease, with outcome: CodeLeaseOutcome, in attempt: LoginAttempt) async {
        guard await !leases.settle(lease, with: outcome, at: now) else { return }
        record("login.answer_lost", from: .webApp, to: .webApp, correlationID: attempt.correlationID)
    }

    /// Ends the lease of a login that failed. Where the provider has not seen the code, the same callback may still
    /// complete the login: the lease is returned.
    func end(
        _ lease: CodeLease, after error: any Error, with problem: FlowProblem, in attempt: LoginAttempt
    ) async {
        guard LoginFlow.nothingWasSent(error) else { return await settle(lease, with: .problem(problem), in: attempt) }
        await leases.giveBack(lease, at: now)
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
    fileprivate static func tooManyLogins(_ error: CodeLeaseError, correlationID: String) -> FlowProblem {
        let diagnosis =
            switch error {
            case .full: "code leases are taken up by callbacks of the last minute, most of which failed"
            case .client: "this client has taken its share of code leases in the last minute"
            }
        return tooManyLogins(because: diagnosis, correlationID: correlationID)
    }

    static func tooManyLogins(because diagnosis: String, correlationID: String) -> FlowProblem {
        FlowProblem(
            status: 503, code: "too_many_logins", title: "There are too many logins just now",
            detail: "Please wait a minute and load this page again; your login goes on then.", turn: .wait,
            diagnosis: diagnosis, correlationID: correlationID)
    }

    /// For a duplicate of a callback whose lease was returned.
    static func loginInterrupted(correlationID: String) -> FlowProblem {
        FlowProblem(
            .providerAway, code: "login_interrupted",
            diagnosis: "the callback that came first could not send its code and gave the login back",
            correlationID: correlationID)
    }
}
