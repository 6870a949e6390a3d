import OAuthTypes

/// Why there is no login: shown on a page, or sent to the app.
enum AuthorizationRefusalError: Error {
    case page(AuthorizationPageError)
    case redirect(ReturnAddress, AuthorizationRequestError)

    /// The answer to a request that was pushed (RFC 9126 §2.3).
    var response: OAuthErrorResponse {
        switch self {
        case .redirect(_, let error): error.response
        case .page(.unreadableRequest(let error, _)): error
        case .page: .refused("invalid_request", because: "redirect_uri is missing, repeated or not registered")
        }
    }
}

/// Why an authorization request is answered with an error response at its client (RFC 6749 §4.1.2.1).
struct AuthorizationRequestError: Error {
    let response: OAuthErrorResponse

    static func refused(_ error: String, because reason: String) -> AuthorizationRequestError {
        AuthorizationRequestError(response: .refused(error, because: reason))
    }
}
