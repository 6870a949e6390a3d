import AuthURL
import OAuthTypes

/// A login that is started again because the provider ended the first try for a reason that a retry avoids.
struct SecondTry {
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

    /// Nil if a retry would end like the first try, or was one. The refusal has passed the state and the issuer.
    init?(after refusal: AuthorizationResponseValidationError, _ first: PendingLogin) {
        guard case .provider(let response) = refusal, !first.traits.contains(.retried),
            let reason = SecondTry.reason(response, first.traits)
        else { return nil }
        self.reason = reason
        self.first = first
    }

    private static func reason(_ response: OAuthErrorResponse, _ traits: LoginTraits) -> Reason? {
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
        _ refusal: AuthorizationResponseValidationError, of callback: AuthorizationResponse, _ pending: PendingLogin,
        _ request: BrowserRequest, ended: ReplyFields
    ) async -> BrowserReply {
        let id = pending.correlationID
        if case .provider = refusal { record(callback.deviations, id) }
        guard let again = SecondTry(after: refusal, pending) else {
            let problem = FlowProblem.callback(refusal, id)
            return refuse(request, problem).adding(problem.turn == .wait ? ReplyFields() : ended)
        }
        record(
            "login.retried", from: .webApp, to: .browser, id,
            [.init("reason", again.reason.rawValue), .init("diagnosis", FlowProblem.callback(refusal, id).diagnosis)])
        // A hook that decides by the user's destination must see that, and not the callback.
        let path = ReturnPath(await destination(of: pending)) ?? .root
        var visit = request
        visit.target = path.text
        return await startLogin(visit, returningTo: path, again).adding(ended)
    }
}

extension AuthorizationRequest {
    /// The retry keeps the requirements of the first try, whatever a hook changed.
    mutating func keepDemands(of again: SecondTry) {
        circumstances.insert(.retried)
        if let first = again.first.maxAge { maxAge = min(maxAge ?? first, first) }
        if !again.first.acrValues.isEmpty { acrValues = again.first.acrValues }
    }
}
