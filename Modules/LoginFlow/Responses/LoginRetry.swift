import AuthURL
import OAuthTypes

/// A login that is begun once more because the first one ended for a reason that a new one does without.
struct LoginRetry {
    /// Why, for observers.
    enum Reason: String {
        /// The response came after the pending login had expired.
        case late = "the response came too late"
        /// Keycloak: the login page was open for too long, or the login went on in another tab.
        case tookTooLong = "the login expired at the provider"
        /// The provider does not grant `offline_access`, or only with a consent that was not requested.
        case offlineAccess = "the provider refuses offline_access"
    }

    let reason: Reason
    /// The login that ended.
    let first: PendingLogin
}

extension LoginRetry.Reason {
    /// Nil where a second login would end like the first. The error's state is checked, and the issuer of a provider's
    /// error.
    init?(_ error: AuthorizationResponseValidationError, traits: LoginTraits) {
        switch error {
        case .expired: self = .late
        case .provider(let response):
            guard let reason = LoginRetry.Reason(response, traits: traits) else { return nil }
            self = reason
        default: return nil
        }
    }

    private init?(_ response: OAuthErrorResponse, traits: LoginTraits) {
        let words = response.errorDescription?.lowercased() ?? ""
        switch response.error {
        case "temporarily_unavailable" where words == "authentication_expired": self = .tookTooLong
        case "authentication_expired": self = .tookTooLong
        case "invalid_scope" where traits.contains(.askedOfflineAccess): self = .offlineAccess
        case "invalid_request" where traits.contains(.askedOfflineAccess) && words.contains("consent"):
            guard words.contains("prompt") else { return nil }
            self = .offlineAccess
        default: return nil
        }
    }
}

extension LoginFlow {
    /// Begins the login anew with the return path of the first.
    func startAnew(_ retry: LoginRetry, after diagnosis: String, in request: BrowserRequest) async -> BrowserReply {
        record(
            "login.retried", from: .webApp, to: .browser, correlationID: retry.first.correlationID,
            details: [.init("reason", retry.reason.rawValue), .init("diagnosis", diagnosis)])
        // A hook that goes by where the user is headed is to see that, and not the callback.
        let path = ReturnPath(await destination(of: retry.first)) ?? .root
        var visit = request
        visit.target = path.text
        return await startLogin(visit, returningTo: path, retry: retry)
    }
}

extension AuthorizationRequest {
    /// Holds the second login to what the first one was held to, whatever a hook made of it.
    mutating func keepRequirements(of retry: LoginRetry) {
        circumstances.insert(.retried)
        if let first = retry.first.maxAge { maxAge = min(maxAge ?? first, first) }
        if !retry.first.acrValues.isEmpty { acrValues = retry.first.acrValues }
        if let first = retry.first.organization { organization = first }
    }
}
