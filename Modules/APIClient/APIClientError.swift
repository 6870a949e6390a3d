public import OAuthTypes

/// Why a call brought no answer that the caller can use. None of the cases holds a token or a body.
@nonexhaustive
public enum APIClientError: Error, Sendable, CustomStringConvertible {
    /// The request goes to an origin that this client may not send a token to. Nothing was sent.
    case originNotAllowed(Origin)
    /// The request carries a field or query parameter that is the client's or the transport's to set. Nothing was sent.
    case reserved(name: String)
    /// There is no access token. Nothing was sent, or the API refused the one there was.
    case token(AccessTokenFailure)
    /// The access token holds characters that a header field cannot carry (RFC 6750 §2.1). Nothing was sent.
    case malformedToken
    /// The API answered 401, after a refresh if that may be about the token. The payload is what its challenge says.
    case unauthorized(error: BearerChallenge.Code?, scope: Scope?)
    /// No answer came.
    case transport(TransportError)

    /// The failure in words, without any token.
    public var description: String {
        switch self {
        case .originNotAllowed(let origin): "\(origin) is not one of the client's API origins"
        case .reserved(let name): "the request must not set \(name) itself"
        case .token(let failure): "no access token: \(failure)"
        case .malformedToken: "the access token cannot be sent in a header field"
        case .unauthorized(let error, _): "the API answered 401 (\(error?.text ?? "no error code"))"
        case .transport(let failure): "the API could not be called: \(failure)"
        }
    }
}
