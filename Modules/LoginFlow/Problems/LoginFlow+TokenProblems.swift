public import APIClient
import AuthURL
import OAuthTypes
import WireFormats

extension LoginFlow {
    /// Returns what a missing access token means for the user, as a problem to answer with by ``reply(to:refusing:)``.
    ///
    /// Only the call that needs the token is answered so. The session goes on, and no browser is sent away: the page offers
    /// the login, so a provider that refuses many users is not flooded with redirects.
    /// - Parameters:
    ///   - failure: what ``accessTokens(of:for:)`` or a client of ``apiClient(for:origins:)`` failed with.
    ///   - session: the session of the tokens.
    ///   - path: the page to return to, after a login or another try.
    public func problem(
        _ failure: AccessTokenError, of session: LoginSession, returningTo path: String
    ) -> FlowProblem {
        let kind = TokenProblem(failure)
        let path = (ReturnPath(path) ?? .root).avoiding(settings.ownedPaths).text
        return FlowProblem(
            status: kind.status, code: kind.code, title: kind.title, detail: kind.detail, turn: kind.turn,
            diagnosis: "\(failure)", correlationID: session.correlationID,
            retryPath: kind == .logIn ? loginPath(returningTo: path) : path)
    }

    private func loginPath(returningTo path: String) -> String {
        settings.routes.login + "?" + FormEncoding.encode([FormField(name: "returnTo", value: path)])
    }
}

/// What a missing access token comes down to.
private enum TokenProblem {
    case logIn, providerAway, notChecked, tryAgain, refused, noneIssued, storeAway

    init(_ failure: AccessTokenError) {
        self =
            switch failure {
            case .loginNeeded: .logIn
            case .unreachable: .providerAway
            case .unverified: .notChecked
            case .outcomeUnknown, .backingOff, .busy: .tryAgain
            case .refused(let response): response.remedyAtRefresh == .operator ? .refused : .tryAgain
            case .invalidResponse, .unusable: .refused
            case .noneIssued: .noneIssued
            case .tokenStore: .storeAway
            }
    }

    var code: String {
        switch self {
        case .logIn: "token_login_needed"
        case .providerAway: "token_provider_away"
        case .notChecked: "token_not_checked_yet"
        case .tryAgain: "token_refresh_failed"
        case .refused: "token_refresh_refused"
        case .noneIssued: "token_none_issued"
        case .storeAway: "session_store_failed"
        }
    }

    var status: Int {
        switch self {
        case .logIn: 403
        case .providerAway, .notChecked, .tryAgain, .storeAway: 503
        case .refused, .noneIssued: 502
        }
    }

    var turn: FlowProblem.Turn {
        switch self {
        case .logIn: .user
        case .providerAway, .notChecked, .tryAgain, .storeAway: .wait
        case .refused, .noneIssued: .operator
        }
    }

    var title: String {
        switch self {
        case .logIn: "Please log in again"
        case .providerAway: "The login service cannot be reached"
        case .notChecked: "We are still checking your new permission"
        case .tryAgain: "Your permission could not be renewed"
        case .refused: "The login service refused to renew your permission"
        case .noneIssued: "The login service gave us no permission for this"
        case .storeAway: "We cannot reach your session"
        }
    }

    var detail: String {
        switch self {
        case .logIn: "Your permission for this has expired. Please log in again."
        case .providerAway, .storeAway:
            "This usually passes. Please try again in a moment; you have not been logged out."
        case .notChecked:
            "The login service has renewed it, and we cannot check its answer yet. This usually passes; please try again in a moment."
        case .tryAgain: "This usually passes. Please try again in a moment; you have not been logged out."
        case .refused, .noneIssued:
            "You did nothing wrong, but you cannot fix this. Please tell the people who run this site, with the reference below."
        }
    }
}
