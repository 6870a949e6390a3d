import AuthURL
import Discovery
import JOSE
import OAuthTypes
import SessionStore
import TokenExchange

/// What a failure means for the user.
enum ProblemKind: Sendable {
    case startAgain, tookTooLong, declined, denied(reason: String), notSetUp, providerRefused, providerAway, badIdentity
    case storeAway, sessionLost, hookFailed, formRefused, redirectLoop, notCompleted, loginNeeded

    var status: Int {
        switch self {
        case .startAgain, .tookTooLong, .notCompleted: 400
        case .declined, .denied, .formRefused, .loginNeeded: 403
        case .notSetUp, .hookFailed, .redirectLoop: 500
        case .providerRefused, .badIdentity: 502
        case .providerAway, .storeAway, .sessionLost: 503
        }
    }

    var turn: FlowProblem.Turn {
        switch self {
        case .startAgain, .tookTooLong, .declined, .denied, .formRefused, .sessionLost, .notCompleted, .loginNeeded:
            .user
        case .notSetUp, .providerRefused, .badIdentity, .hookFailed, .redirectLoop: .operator
        case .providerAway, .storeAway: .wait
        }
    }

    var title: String {
        switch self {
        case .startAgain: "This login cannot be continued"
        case .tookTooLong: "The login took too long"
        case .declined: "The login was declined"
        case .denied: "You cannot log in here"
        case .notSetUp: "Login is not set up correctly"
        case .providerRefused: "The login service refused our request"
        case .providerAway: "The login service cannot be reached"
        case .badIdentity: "The login service's answer is not valid"
        case .storeAway: "We cannot reach your session"
        case .sessionLost: "Your session has ended"
        case .hookFailed: "The login could not be completed"
        case .formRefused: "This form is out of date"
        case .redirectLoop: "Your login keeps getting lost"
        case .notCompleted: "The login was not completed"
        case .loginNeeded: "The login service needs you to log in again"
        }
    }

    var detail: String {
        switch self {
        case .startAgain:
            "It was started in another browser, was already used, or is too old. Nothing is wrong with your account: log in again."
        case .tookTooLong: "For your safety a login has to be finished within ten minutes. Please start again."
        case .declined: "You or the login service refused. Nothing was shared. You can try again whenever you like."
        case .denied(let reason): reason
        case .notSetUp, .providerRefused, .badIdentity, .hookFailed:
            "You cannot fix this. Please tell the people who run this site, with the reference below."
        case .providerAway, .storeAway:
            "This usually passes. Please try again in a moment; you have not been logged out."
        case .redirectLoop:
            "You logged in several times in a row, and this site has forgotten it each time. Allow cookies for this site and wait a minute. If it happens again, please tell the people who run it, with the reference below."
        case .notCompleted:
            "The login service sent you back without logging you in. Nothing was shared. You can try again whenever you like."
        case .loginNeeded:
            "It requires another step, such as a second factor or your consent. Nothing is wrong with your account: log in again."
        case .sessionLost: "We could not keep your session while renewing it. Please log in again."
        case .formRefused: "Your session changed since the page was opened. Go back, reload the page and try again."
        }
    }
}

extension FlowProblem {
    init(_ kind: ProblemKind, code: String, diagnosis: String, correlationID: String, retryPath: String? = nil) {
        self.init(
            status: kind.status, code: code, title: kind.title, detail: kind.detail, turn: kind.turn,
            diagnosis: diagnosis, correlationID: correlationID, retryPath: retryPath)
    }

    /// Why a login could not begin.
    static func starting(_ error: any Error, correlationID: String) -> FlowProblem {
        switch error {
        case let error as DiscoveryError: discovery(error, correlationID: correlationID)
        case let error as UnsupportedProviderError:
            FlowProblem(.notSetUp, code: "provider_demand_unmet", diagnosis: "\(error)", correlationID: correlationID)
        case let error as AuthorizationRequestError:
            FlowProblem(
                .notSetUp, code: "authorization_request_invalid", diagnosis: "\(error)", correlationID: correlationID)
        case let problem as FlowProblem: problem
        case let error as PushError: pushing(error.cause, correlationID: correlationID)
        case is RequestSigningError:
            FlowProblem(
                .notSetUp, code: "request_signing_failed",
                diagnosis: "the app's key (clientKeys) did not sign the authorization request",
                correlationID: correlationID)
        case is HookError:
            FlowProblem(.hookFailed, code: "hook_failed", diagnosis: "prepare threw", correlationID: correlationID)
        default:
            FlowProblem(
                .notSetUp, code: "login_start_failed", diagnosis: "\(type(of: error))", correlationID: correlationID)
        }
    }

    static func callback(_ refusal: AuthorizationResponseValidationError, correlationID: String) -> FlowProblem {
        let kind = kind(of: refusal)
        return FlowProblem(
            kind, code: kind.code(of: refusal), diagnosis: diagnosis(of: refusal), correlationID: correlationID)
    }

    /// A callback of unknown origin whose error is kept out of the log, because too many others had one.
    static func tooManyWithoutState(correlationID: String) -> FlowProblem {
        FlowProblem(
            .notCompleted, code: "callback_error_without_state",
            diagnosis:
                "the callback has no state, and an error that is left out: there were more than 30 in a minute",
            correlationID: correlationID)
    }

    // The provider's own description often contains the cause, such as AADSTS50011.
    private static func diagnosis(of refusal: AuthorizationResponseValidationError) -> String {
        switch refusal {
        case .provider(let response): "the provider answered \(response.diagnosis)"
        case .errorWithoutState(let response):
            "the callback has no state, and the error \(response.diagnosis), which anyone may have written"
        default: "\(refusal)"
        }
    }

    /// Why a code did not become a session.
    static func completing(_ error: any Error, correlationID: String) -> FlowProblem {
        switch error {
        case let problem as FlowProblem: problem
        case let refusal as AuthorizationResponseValidationError: callback(refusal, correlationID: correlationID)
        case let error as DiscoveryError: discovery(error, correlationID: correlationID)
        case let error as TokenEndpointError: tokens(error, correlationID: correlationID)
        case let error as TokenValidationError: idToken(error, correlationID: correlationID)
        case is HookError:
            FlowProblem(.hookFailed, code: "hook_failed", diagnosis: "decide threw", correlationID: correlationID)
        case let error as SessionTooLargeError:
            FlowProblem(.notSetUp, code: "session_too_large", diagnosis: "\(error)", correlationID: correlationID)
        case is SessionIDCollisionError:
            FlowProblem(
                .storeAway, code: "session_id_taken", diagnosis: "a fresh session id was already in the store",
                correlationID: correlationID)
        default: storeAway(error, correlationID: correlationID)
        }
    }

    /// The provider's ceiling for the session does not hold.
    static func sessionExpiryRefused(_ diagnosis: String, correlationID: String) -> FlowProblem {
        FlowProblem(.badIdentity, code: "session_expiry_refused", diagnosis: diagnosis, correlationID: correlationID)
    }

    /// The session is gone under its old id and not there under its new one.
    static func lostInRotation(_ cause: any Error, correlationID: String) -> FlowProblem {
        FlowProblem(
            .sessionLost, code: "session_lost_in_rotation",
            diagnosis: storeAway(cause, correlationID: correlationID).diagnosis,
            correlationID: correlationID)
    }

    static func storeAway(_ error: any Error, correlationID: String) -> FlowProblem {
        let diagnosis = (error as? SessionStoreError).map { "\($0)" } ?? "\(type(of: error))"
        return FlowProblem(.storeAway, code: "session_store_failed", diagnosis: diagnosis, correlationID: correlationID)
    }

    private static func discovery(_ error: DiscoveryError, correlationID: String) -> FlowProblem {
        FlowProblem(
            error.mayPass ? .providerAway : .notSetUp, code: "discovery_failed", diagnosis: "\(error)",
            correlationID: correlationID)
    }

    private static func isTransient(_ status: Int) -> Bool { status >= 500 || status == 429 }

    private static func idToken(_ error: TokenValidationError, correlationID: String) -> FlowProblem {
        guard case .keysUnavailable(let cause) = error.reason else {
            return FlowProblem(
                .badIdentity, code: "id_token_refused", diagnosis: "\(error)", correlationID: correlationID)
        }
        let isAway = (cause as? KeyError)?.mayPass ?? false
        return FlowProblem(
            isAway ? .providerAway : .providerRefused, code: "id_token_keys_unavailable", diagnosis: "\(error)",
            correlationID: correlationID)
    }

    private static func tokens(_ error: TokenEndpointError, correlationID: String) -> FlowProblem {
        FlowProblem(kind(of: error), code: "token_request_failed", diagnosis: "\(error)", correlationID: correlationID)
    }

    // At this point the user has done nothing yet that could be wrong.
    private static func pushing(_ error: TokenEndpointError, correlationID: String) -> FlowProblem {
        let kind = kind(of: error)
        return FlowProblem(
            kind.turn == .user ? .providerRefused : kind, code: "pushed_request_failed",
            diagnosis: "the authorization request could not be pushed: \(error)", correlationID: correlationID)
    }

    private static func kind(of refusal: AuthorizationResponseValidationError) -> ProblemKind {
        switch refusal {
        case .expired: .tookTooLong
        case .provider(let response): kind(of: response)
        case .issuerMissing, .missingCode: .providerRefused
        case .errorWithoutState: .notCompleted
        default: .startAgain
        }
    }

    // RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6
    private static func kind(of response: OAuthErrorResponse) -> ProblemKind {
        switch response.error {
        case "access_denied", "consent_required", "login_required", "interaction_required",
            "account_selection_required":
            .declined
        case "mfa_required", "unmet_authentication_requirements": .loginNeeded
        case "temporarily_unavailable", "server_error": .providerAway
        default: .providerRefused
        }
    }

    /// Errors of the token endpoint that concern the user and not the app, such as Entra's request for another factor.
    private static func onlyTheUserCanMend(_ response: OAuthErrorResponse) -> Bool {
        [
            "interaction_required", "login_required", "consent_required", "mfa_required", "account_selection_required",
            "unmet_authentication_requirements",
        ].contains(response.error)
    }

    private static func kind(of error: TokenEndpointError) -> ProblemKind {
        switch error {
        case .rejected(let response, _) where response.error == "invalid_grant": .startAgain
        case .rejected(let response, _) where onlyTheUserCanMend(response): .loginNeeded
        case .rejected(let response, let status) where isTransient(status) || kind(of: response).isAway: .providerAway
        case .status(let status) where isTransient(status): .providerAway
        case .transport(let failure) where failure.reason == .tls: .notSetUp
        case .transport(let failure): failure.reason.mayPass ? .providerAway : .providerRefused
        default: .providerRefused
        }
    }
}

extension ProblemKind {
    /// What the provider still wants of the user has a code of its own: pages in other languages go by the code.
    fileprivate func code(of refusal: AuthorizationResponseValidationError) -> String {
        switch self {
        case .loginNeeded: "callback_login_needed"
        default: refusal.code
        }
    }

    fileprivate var isAway: Bool {
        if case .providerAway = self { true } else { false }
    }
}
