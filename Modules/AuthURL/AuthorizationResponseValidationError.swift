public import OAuthTypes

/// Why an authorization response is refused. No token request may follow.
@nonexhaustive
public enum AuthorizationResponseValidationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with a response that cannot be read.
    public enum Fault: Sendable, Hashable {
        /// More than 65,536 octets or 100 parameters.
        case tooLong
        /// A broken percent-escape, or octets that are not UTF-8.
        case encoding
        /// The code holds something other than printable ASCII (RFC 6749 Appendix A.11).
        case code
    }

    /// The response cannot be read.
    case malformed(Fault)
    /// `code`, `state`, `iss` or `error` occurs more than once.
    case duplicateParameter(String)
    /// There is no `state`, or it is empty.
    case missingState
    /// An error response without `state`. It is unknown which login it ends and whether the provider sent it: anyone
    /// may have written it.
    case errorWithoutState(OAuthErrorResponse)
    /// The `state` is not that of this login.
    case stateMismatch
    /// The login began longer ago than ``PendingLogin/lifetime``, or in the future.
    case expired
    /// The `iss` is not the issuer of this login (RFC 9207 §2.4).
    case issuerMismatch(expected: Issuer)
    /// The provider announces `iss` and did not send it.
    case issuerMissing(expected: Issuer)
    /// The response is not signed, and a signed one was asked for (JWT Secured Authorization Response Mode §2.4).
    case unsigned
    /// The provider or the user refused.
    case provider(OAuthErrorResponse)
    /// There is neither a code nor an error.
    case missingCode
    /// The code is longer than 4,096 octets.
    case codeTooLong

    /// A name for logs, metrics and branches that never changes.
    public var code: String {
        switch self {
        case .malformed: "callback_malformed"
        case .duplicateParameter: "callback_duplicate_parameter"
        case .missingState: "callback_state_missing"
        case .errorWithoutState: "callback_error_without_state"
        case .stateMismatch: "callback_state_mismatch"
        case .expired: "callback_expired"
        case .issuerMismatch: "callback_issuer_mismatch"
        case .issuerMissing: "callback_issuer_missing"
        case .unsigned: "callback_unsigned"
        case .provider: "callback_provider_error"
        case .missingCode: "callback_code_missing"
        case .codeTooLong: "callback_code_too_long"
        }
    }

    /// The error as text, without anything that the browser sent except the provider's error code.
    public var description: String {
        switch self {
        case .malformed(.tooLong): "the callback is longer than any provider's answer"
        case .malformed(.encoding): "the callback is not form-encoded UTF-8"
        case .malformed(.code): "the code contains invalid characters"
        case .duplicateParameter(let name): "the callback contains '\(name)' more than once"
        case .missingState: "the callback has no state"
        case .errorWithoutState(let response):
            "the callback has no state, and the error \(response), which anyone may have written"
        case .stateMismatch: "the callback's state belongs to another login"
        case .expired: "the login took longer than \(PendingLogin.lifetime.wholeSeconds) seconds"
        case .issuerMismatch(let issuer): "the callback does not come from \(issuer)"
        case .issuerMissing(let issuer): "the callback lacks the iss parameter that \(issuer) promises"
        case .unsigned:
            "the callback is not signed, and a signed response was asked for: someone altered it, or the provider ignores "
                + "the response mode"
        case .provider(let response): "the provider answered \(response)"
        case .missingCode: "the callback has neither a code nor an error"
        case .codeTooLong: "the code is longer than 4,096 octets"
        }
    }
}
