import AuthURL
import OAuthTypes

/// A login that is begun once more because the provider ended the first one for a reason that a new one does without.
struct LoginRetry {
    /// Why, for observers.
    enum Reason: String {
        /// Keycloak: the login page was open for too long, or the login went on in another tab.
        case tookTooLong = "the login expired at the provider"
        /// The provider does not grant `offline_access`, or only with a consent that was not requested.
        case offlineAccess = "the provider refuses offline_access"
    }

    let reason: Reason
    /// The login that ended.
    let first: PendingLogin

    /// Nil where a second login would end like the first, or where the first was a second one. The error's state and
    /// issuer are checked.
    init?(after error: AuthorizationResponseValidationError, of first: PendingLogin) {
        guard case .provider(let response) = error, !first.traits.contains(.retried),
            let reason = LoginRetry.reason(for: response, traits: first.traits)
        else { return nil }
        self.reason = reason
        self.first = first
    }

    private static func reason(for response: OAuthErrorResponse, traits: LoginTraits) -> Reason? {
        let words = response.errorDescription?.lowercased() ?? ""
        switch response.error {
        case "temporarily_unavailable" where words == "authentication_expired": return .tookTooLong
        case "invalid_scope" where traits.contains(.askedOfflineAccess): return .offlineAccess
        case "invalid_request" where traits.contains(.askedOfflineAccess) && words.contains("consent"):
            return words.contains("prompt") ? .offlineAccess : nil
        default: return nil
        }
    }
}

extension LoginFlow {
    /// Answers a callback that its login refuses.
    func answer(
        _ error: AuthorizationResponseValidationError, of response: AuthorizationResponse, to pending: PendingLogin,
        request: BrowserRequest, ended: ReplyFields
    ) async -> BrowserReply {
        let id = pending.correlationID
        if case .provider = error { record(response.deviations, correlationID: id) }
        let problem = FlowProblem.callback(error, correlationID: id)
        guard let retry = LoginRetry(after: error, of: pending) else {
            return refuse(request, with: problem).adding(problem.turn == .wait ? ReplyFields() : ended)
        }
        record(
            "login.retried", from: .webApp, to: .browser, correlationID: id,
            details: [.init("reason", retry.reason.rawValue), .init("diagnosis", problem.diagnosis)])
        // A hook that goes by where the user is headed is to see that, and not the callback.
        let path = ReturnPath(await destination(of: pending)) ?? .root
        var visit = request
        visit.target = path.text
        return await startLogin(visit, returningTo: path, retry: retry).adding(ended)
    }
}

extension AuthorizationRequest {
    /// Holds the second login to what the first one was held to, whatever a hook made of it.
    mutating func keepRequirements(of retry: LoginRetry) {
        circumstances.insert(.retried)
        if let first = retry.first.maxAge { maxAge = min(maxAge ?? first, first) }
        if !retry.first.acrValues.isEmpty { acrValues = retry.first.acrValues }
    }
}
