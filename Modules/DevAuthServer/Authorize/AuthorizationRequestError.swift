import OAuthTypes

/// Why an authorization request is answered with an error response at its client (RFC 6749 §4.1.2.1).
struct AuthorizationRequestError: Error {
    let response: OAuthErrorResponse

    static func refused(_ error: String, because reason: String) -> AuthorizationRequestError {
        AuthorizationRequestError(response: .refused(error, because: reason))
    }
}
