public import OAuthTypes

/// Why a call returned no usable response. No case contains a token or a body.
@nonexhaustive
public enum APIClientError: Error, Sendable, CustomStringConvertible {
    /// The request goes to an origin that this client may not send a token to. Nothing was sent.
    case originNotAllowed(Origin)
    /// The request contains a field or query parameter that the client or the transport sets. Nothing was sent.
    case reserved(name: String)
    /// There is no access token. Nothing was sent, or the API refused the one there was.
    case token(AccessTokenError)
    /// The access token holds characters that a header field cannot carry (RFC 6750 §2.1). Nothing was sent.
    case malformedToken
    /// The API answered 401, after a refresh if the 401 may be about the token. The payload is from its challenge.
    case unauthorized(error: BearerChallenge.Code?, scope: Scope?)
    /// No response.
    case transport(TransportError)
    /// The UserInfo endpoint answered, and the answer brings no claims about the user.
    case userInfo(UserInfoFault)

    /// What is wrong with the answer of a UserInfo endpoint.
    @nonexhaustive
    public enum UserInfoFault: Sendable, Hashable {
        /// A status that brings no claims.
        case status(Int)
        /// The answer is signed or encrypted (`application/jwt`), which is not read here.
        case signed
        /// The answer is neither `application/json` nor a JSON object of another media type, but this: at most 64
        /// octets, empty when the server named no type.
        case contentType(String)
        /// The body is not one strict JSON object.
        case malformed
        /// The claims have no `sub`.
        case missingSubject
        /// The claims have a `sub` that is no text but this kind of JSON value, such as `number`.
        case subjectType(String)
        /// The claims are about another user than the ID token.
        case subjectMismatch
    }

    /// The failure as text, without any token.
    public var description: String {
        switch self {
        case .originNotAllowed(let origin): "\(origin) is not one of the client's API origins"
        case .reserved(let name): "the request must not set \(name) itself"
        case .token(let failure): "no access token: \(failure)"
        case .malformedToken: "the access token cannot be sent in a header field"
        case .unauthorized(let error, _): "the API answered 401 (\(error?.text ?? "no error code"))"
        case .transport(let failure): "the API could not be called: \(failure)"
        case .userInfo(let fault): fault.words
        }
    }
}

extension APIClientError.UserInfoFault {
    fileprivate var words: String {
        switch self {
        case .status(let status): "the UserInfo endpoint answered \(status)"
        case .signed:
            "the UserInfo endpoint answered with a JWT (application/jwt), which is not read here. At the provider, "
                + "register the app without userinfo_signed_response_alg and userinfo_encrypted_response_alg"
        case .contentType(let type): "the UserInfo endpoint answered '\(type)' instead of application/json"
        case .malformed: "the UserInfo endpoint's answer is not a valid JSON object"
        case .missingSubject: "the UserInfo claims have no sub"
        case .subjectType(let kind):
            "the UserInfo claims have a sub that is a JSON \(kind) and must be a text (OpenID Connect Core §5.3.2)"
        case .subjectMismatch: "the UserInfo claims are about another user than the ID token"
        }
    }
}
